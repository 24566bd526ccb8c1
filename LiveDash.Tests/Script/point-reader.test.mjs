import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PointColumns } from './point-columns.js';
import { PointLines } from './point-lines.js';
import { PointReader } from './point-reader.js';

// Every shape a line may take: long and short numbers, powers, no location, names of two, three and four bytes a letter, escapes, another order.
const points = [
  { id: 1, t: '2026-11-21T09:30:00Z', value: 0, pt: [1, 2], series: 'coords' },
  { id: 2, t: '2026-11-21T09:30:00.5Z', value: -1.25, pt: [0.1, -179.9999999], series: 'Tür', tags: { ort: 'Zürich', 水: '東京' } },
  { id: 3, t: '2026-11-22T23:59:59.1234567Z', value: 1.7976931348623157e308, series: 'grin 😀' },
  { id: 900719925474099, t: '1969-12-31T23:59:59.999Z', value: 5e-324, pt: [0.30000000000000004, 12345678901234567890], series: 'a"b\\c' },
  { series: 'first', id: 5, value: 3, t: '2001-01-01T00:00:00Z' },
  { id: 6, pt: [7, 8] },
];
const encode = text => new TextEncoder().encode(text);
const sample = encode(points.map(point => JSON.stringify(point)).join('\n') + '\n');

function read(...chunks) {
  const lines = new PointLines();
  for (const chunk of chunks) lines.push(chunk);
  lines.end();
  return plain(lines.columns);
}

const plain = c => ['ids', 'times', 'values', 'x', 'y'].map(name => [...c[name].subarray(0, c.length)])
  .concat([[...c.series.subarray(0, c.length)].map((s, i) => (points[i % points.length].series === undefined ? null : c.names[s]))]);

const expected = [
  points.map(p => p.id), points.map(p => (p.t ? Date.parse(p.t) : NaN)), points.map(p => p.value ?? NaN), points.map(p => p.pt?.[0] ?? NaN), points.map(p => p.pt?.[1] ?? NaN),
  ['coords', 'Tür{ort=Zürich,水=東京}', 'grin 😀', 'a"b\\c', 'first', null],
];
// Date.parse cuts below the millisecond, the reader keeps what a double holds.
expected[1][2] += 0.4567;

test('a sample in one piece is read as JSON.parse reads it', () => near(read(sample)));

test('two pieces, cut at every byte, give the same', () => {
  for (let cut = 0; cut <= sample.length; cut++) near(read(sample.subarray(0, cut), sample.subarray(cut)), `cut at ${cut}`);
});

test('three pieces, cut at every pair of bytes, give the same', () => {
  for (let a = 0; a <= sample.length; a += 3) {
    for (let b = a; b <= sample.length; b += 2) near(read(sample.subarray(0, a), sample.subarray(a, b), sample.subarray(b)), `cut at ${a} and ${b}`);
  }
});

test('pieces of one byte each, and no last line end, give the same', () => near(read(...[...sample.subarray(0, sample.length - 1)].map(b => Uint8Array.of(b)))));

test('numbers of every size are read exactly', () => {
  let seed = 1;
  const next = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const values = Array.from({ length: 5000 }, () => Number(((next() - 0.5) * 10 ** Math.floor(next() * 40 - 20)).toPrecision(1 + Math.floor(next() * 17))));
  const lines = new PointLines();
  lines.push(encode(values.map((value, id) => JSON.stringify({ id, value })).join('\n') + '\n'));
  assert.deepEqual([...lines.columns.values.subarray(0, values.length)], values);
});

test('columns grow past their first size', () => {
  const lines = new PointLines();
  for (let i = 0; i < 70; i++) lines.push(encode(Array.from({ length: 2000 }, (_, k) => `{"id":${i * 2000 + k},"pt":[${k},0.5]}\n`).join('')));
  assert.equal(lines.columns.length, 140000);
  assert.equal(lines.columns.ids[139999], 139999);
  assert.equal(lines.columns.x[70001], 1);
});

test('what is no JSON is an error that names the line', () => assert.throws(() => read(encode('{"id":1}\n{"id":2\n')), /Line 2/));

// A server that gives so many lines of ten in a connection and then breaks it in the middle of a line.
function server(plan) {
  const asked = [];
  const fetch = async (url, options) => {
    asked.push(url);
    const step = plan[Math.min(asked.length, plan.length) - 1];
    if (step === 'refuse') throw new TypeError('failed to fetch');
    const from = Number(/after=[^&]*%2C(\d+)/.exec(url)?.[1] ?? 0);
    const lines = Array.from({ length: 10 - from }, (_, i) => `{"id":${from + i + 1},"t":"2026-01-01T00:00:0${from + i}Z","value":1}\n`);
    let sent = false;
    const body = new ReadableStream({
      pull(controller) {
        if (!sent) controller.enqueue(encode(step === undefined ? lines.join('') : lines.slice(0, step).join('') + '{"id":99,"t":"20'));
        else if (step === undefined) controller.close();
        else if (options.signal.aborted || step === 3) controller.error(new DOMException('aborted', 'AbortError'));
        else controller.error(new TypeError('network error'));
        sent = true;
      },
    });
    return { ok: true, body, headers: new Headers({ 'Content-Type': 'application/x-ndjson' }) };
  };
  return { asked, fetch };
}

test('a broken connection is resumed behind the last whole line', async () => {
  const { asked, fetch } = server([4, 'refuse', 2, undefined]);
  const reader = new PointReader('/api/points?series=a', { fetch, pauses: [1, 1] });
  assert.equal(await reader.run(), 'done');
  assert.deepEqual([...reader.columns.ids.subarray(0, reader.columns.length)], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.deepEqual(asked, ['', '&after=2026-01-01T00%3A00%3A03Z%2C4', '&after=2026-01-01T00%3A00%3A03Z%2C4', '&after=2026-01-01T00%3A00%3A05Z%2C6'].map(a => '/api/points?series=a' + a));
});

test('a server that stays away is given up, and resume goes on', async () => {
  const { fetch } = server([4, 'refuse', 'refuse', 'refuse', undefined]);
  const reader = new PointReader('/p', { fetch, pauses: [1, 1] });
  assert.equal(await reader.run(), 'failed');
  assert.match(reader.error, /connection was lost/);
  assert.equal(reader.columns.length, 4);
  assert.equal(await reader.run(), 'done');
  assert.equal(reader.columns.length, 10);
});

test('cancelled midway, it keeps what it has and goes on when asked', async () => {
  const { fetch } = server([3, undefined]);
  const reader = new PointReader('/p', { fetch, onData: r => { if (r.columns.length === 3) r.cancel(); } });
  assert.equal(await reader.run(), 'cancelled');
  assert.equal(reader.columns.length, 3);
  reader.onData = () => {};
  assert.equal(await reader.run(), 'done');
  assert.equal(reader.columns.length, 10);
});

test('what the server refuses is told in its own words', async () => {
  const reader = new PointReader('/p', { columns: new PointColumns(), fetch: async () => ({ ok: false, status: 400, json: async () => ({ detail: 'Two edges cross.' }) }) });
  assert.equal(await reader.run(), 'failed');
  assert.equal(reader.error, 'Two edges cross.');
});

// Answers by one piece of bytes, and says what became of the connection.
function once(bytes, type = 'application/x-ndjson') {
  const seen = { asked: 0, cancelled: false };
  const fetch = async () => {
    seen.asked++;
    const body = new ReadableStream({ start: controller => controller.enqueue(bytes), cancel: () => { seen.cancelled = true; } });
    return { ok: true, body, headers: new Headers({ 'Content-Type': type }) };
  };
  return { seen, fetch };
}

test('bytes that are no UTF-8 are told, not asked for again', async () => {
  const { seen, fetch } = once(Uint8Array.of(...encode('{"id":1,"series":"'), 0xc3, 0x28, ...encode('"}\n')));
  const reader = new PointReader('/p', { fetch, pauses: [1] });
  assert.equal(await reader.run(), 'failed');
  assert.doesNotMatch(reader.error, /connection was lost/);
  assert.deepEqual(seen, { asked: 1, cancelled: true });
});

test('an answer that is refused midway is let go', async () => {
  const { seen, fetch } = once(encode('{"id":1}\n{"id":2\n'));
  const reader = new PointReader('/p', { fetch, pauses: [1] });
  assert.equal(await reader.run(), 'failed');
  assert.match(reader.error, /is not JSON/);
  assert.deepEqual(seen, { asked: 1, cancelled: true });
});

test('a fault of whoever is told of points is no fault of the connection', async () => {
  const { seen, fetch } = once(encode('{"id":1}\n'));
  const reader = new PointReader('/p', { fetch, pauses: [1], onData: r => { if (r.state === 'reading') undefined.draw(); } });
  assert.equal(await reader.run(), 'failed');
  assert.match(reader.error, /undefined/);
  assert.equal(seen.asked, 1);
});

function near(found, about) {
  found[1] = found[1].map(time => Math.round(time * 1e4) / 1e4);
  assert.deepEqual(found, expected.map((column, i) => (i === 1 ? column.map(time => Math.round(time * 1e4) / 1e4) : column)), about);
}
