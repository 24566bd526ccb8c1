import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CutOffError } from './cut-off-error.js';
import { PointArrow } from './point-arrow.js';
import { PointReader } from './point-reader.js';

// Written by the server's own writer: batches with and without locations, several series, times before 1970, of 100 ns and beyond what nanoseconds can say.
const sample = new Uint8Array(readFileSync('points.arrow'));
// A double is not exact below the 100 ns.
const near = ms => Math.round(ms * 1e4) / 1e4;
const expected = JSON.parse(readFileSync('points.json', 'utf8')).map(point => ({ ...point, ms: point.ms === null ? null : near(point.ms) }));

async function* pieces(...cut) {
  yield* cut;
}

async function read(...cut) {
  const points = new PointArrow();
  await points.read(pieces(...cut));
  return plain(points.columns);
}

const plain = c => Array.from({ length: c.length }, (_, i) => ({
  id: c.ids[i], ms: Number.isNaN(c.times[i]) ? null : near(c.times[i]), value: c.values[i], pt: Number.isNaN(c.x[i]) ? null : [c.x[i], c.y[i]], series: c.names[c.series[i]],
}));

test('a sample in one piece is read as it was written', async () => assert.deepEqual(await read(sample), expected));

test('two pieces, cut at many bytes, give the same', async () => {
  for (let cut = 0; cut <= sample.length; cut += 61) assert.deepEqual(await read(sample.subarray(0, cut), sample.subarray(cut)), expected, `cut at ${cut}`);
});

test('pieces of one byte each give the same', async () => assert.deepEqual(await read(...[...sample].map(b => Uint8Array.of(b))), expected));

test('an answer cut anywhere is a broken connection, and the place to go on is the last whole batch', async () => {
  const seen = new Set();
  const cuts = [...Array.from({ length: Math.ceil(sample.length / 23) }, (_, i) => i * 23), sample.length - 8, sample.length - 1];
  for (const cut of cuts) {
    const points = new PointArrow();
    await assert.rejects(points.read(pieces(sample.subarray(0, cut))), CutOffError, `cut at ${cut}`);
    seen.add(points.place());
    assert.deepEqual(plain(points.columns), expected.slice(0, points.columns.length));
  }
  assert.deepEqual([...seen], [null, '1969-12-31T23:59:59.9995001Z,3', '2026-11-21T09:30:00.1234567Z,9007199254740991']);
});

test('an answer without points has none', async () => assert.deepEqual(await read(new Uint8Array(readFileSync('none.arrow'))), []));

test('bytes that are no Arrow stream are told, not asked for again', async () => {
  let asked = 0;
  const fetch = async () => {
    asked++;
    const body = new ReadableStream({ start: controller => { controller.enqueue(Uint8Array.of(255, 255, 255, 255, 8, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 255, 255, 255, 255, 0, 0, 0, 0)); controller.close(); } });
    return { ok: true, body, headers: new Headers({ 'Content-Type': 'application/vnd.apache.arrow.stream' }) };
  };
  const reader = new PointReader('/p', { fetch, pauses: [1] });
  assert.equal(await reader.run(), 'failed');
  assert.doesNotMatch(reader.error, /connection was lost/);
  assert.equal(asked, 1);
});

test('a connection that breaks in an Arrow stream is gone on with behind the last batch', async () => {
  const asked = [];
  const fetch = async url => {
    asked.push(url);
    let sent = false;
    const body = new ReadableStream({
      pull(controller) {
        if (!sent) controller.enqueue(asked.length === 1 ? sample.subarray(0, sample.length - 300) : new Uint8Array(readFileSync('none.arrow')));
        else if (asked.length === 1) controller.error(new TypeError('network error'));
        else controller.close();
        sent = true;
      },
    });
    return { ok: true, body, headers: new Headers({ 'Content-Type': 'application/vnd.apache.arrow.stream' }) };
  };
  const reader = new PointReader('/p?series=a', { fetch, pauses: [1] });
  assert.equal(await reader.run(), 'done');
  assert.equal(asked.length, 2);
  assert.equal(asked[1], `/p?series=a&after=${encodeURIComponent('1969-12-31T23:59:59.9995001Z,3')}`);
});
