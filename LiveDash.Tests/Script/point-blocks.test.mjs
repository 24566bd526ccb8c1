import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CutOffError, PointBlocks } from './point-blocks.js';
import { PointReader } from './point-reader.js';

// Written by the server's own writer: blocks with and without locations, new series in the midst of them, times before 1970 and of 100 ns.
const sample = new Uint8Array(readFileSync('columns.bin'));
const expected = JSON.parse(readFileSync('columns.json', 'utf8'));

function read(...chunks) {
  const blocks = new PointBlocks();
  for (const chunk of chunks) blocks.push(chunk);
  blocks.end();
  return plain(blocks.columns);
}

const plain = c => Array.from({ length: c.length }, (_, i) => ({
  id: c.ids[i], ms: c.times[i], value: c.values[i], pt: Number.isNaN(c.x[i]) ? null : [c.x[i], c.y[i]], series: c.names[c.series[i]],
}));

test('a sample in one piece is read as it was written', () => assert.deepEqual(read(sample), expected));

test('two pieces, cut at every byte, give the same', () => {
  for (let cut = 0; cut <= sample.length; cut++) assert.deepEqual(read(sample.subarray(0, cut), sample.subarray(cut)), expected, `cut at ${cut}`);
});

test('three pieces, cut at many pairs of bytes, give the same', () => {
  for (let a = 0; a <= sample.length; a += 41) {
    for (let b = a; b <= sample.length; b += 37) assert.deepEqual(read(sample.subarray(0, a), sample.subarray(a, b), sample.subarray(b)), expected, `cut at ${a} and ${b}`);
  }
});

test('pieces of one byte each give the same', () => assert.deepEqual(read(...[...sample].map(b => Uint8Array.of(b))), expected));

test('the place to go on is the last whole block, to the 100 ns', () => {
  const blocks = new PointBlocks();
  assert.equal(blocks.place(), null);
  const first = new DataView(sample.buffer, sample.byteOffset).getUint32(20, true);
  blocks.push(sample.subarray(0, first - 1));
  assert.equal(blocks.place(), null);
  blocks.push(sample.subarray(first - 1, first + 60));
  assert.equal(blocks.place(), '1969-12-31T23:59:59.9995001Z,3');
  blocks.push(sample.subarray(first + 60));
  assert.equal(blocks.place(), '2026-11-21T09:30:00.1234567Z,9007199254740991');
});

test('an answer without its end is a broken connection', () => {
  const blocks = new PointBlocks();
  blocks.push(sample.subarray(0, sample.length - 1));
  assert.throws(() => blocks.end(), CutOffError);
});

test('other bytes, other versions and missing blocks are refused', () => {
  assert.throws(() => read(new TextEncoder().encode('{"id":1}\n'.repeat(20))), /not made of columns/);
  const other = Uint8Array.from(sample);
  other[4] = 2;
  assert.throws(() => read(other), /version 1/);
  const long = Uint8Array.from(sample);
  new DataView(long.buffer).setUint32(20, 1 << 30, true);
  assert.throws(() => read(long), /cannot be/);
  const first = new DataView(sample.buffer, sample.byteOffset).getUint32(20, true);
  assert.throws(() => read(sample.subarray(first)), /missing/);
  assert.throws(() => read(sample, sample), /follows the end/);
  const more = Uint8Array.from(sample);
  new DataView(more.buffer).setUint32(8, 300, true);
  new DataView(more.buffer).setBigUint64(40, 300n, true);
  assert.throws(() => read(more), /not as long as its columns/);
});

// The server's answer as it would go on behind a point: here the blocks that follow it, numbered anew, are the rest of the sample's points as NDJSON.
test('a broken connection is resumed behind the last whole block', async () => {
  const asked = [];
  const first = new DataView(sample.buffer, sample.byteOffset).getUint32(20, true);
  const rest = expected.slice(3).map(p => `${JSON.stringify({ id: p.id, value: p.value, pt: p.pt ?? undefined, series: p.series })}\n`).join('');
  const fetch = async (url, options) => {
    asked.push(url);
    assert.match(options.headers.Accept, /vnd.livedash.columns/);
    const [bytes, type] = asked.length === 1 ? [sample.subarray(0, first + 100), 'application/vnd.livedash.columns'] : [new TextEncoder().encode(rest), 'application/x-ndjson'];
    return new Response(bytes, { headers: { 'Content-Type': type } });
  };
  const reader = new PointReader('/api/points?series=a', { fetch, pauses: [1] });
  assert.equal(await reader.run(), 'done');
  assert.deepEqual(asked, ['/api/points?series=a', '/api/points?series=a&after=1969-12-31T23%3A59%3A59.9995001Z%2C3']);
  assert.deepEqual(plain(reader.columns).map(p => p.id), expected.map(p => p.id));
});
