import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { decode } from './frames.js';

const bytes = new Uint8Array(readFileSync('frame.bin'));

function check(frame) {
  assert.equal(frame.sequence, 42);
  assert.equal(frame.now, 5000);
  assert.deepEqual(frame.panels.map(t => [t.id, t.kind, t.reset]), [[7, 1, true], [8, 2, false], [9, 3, true], [10, 4, true]]);
  const [stat, chart, located, rows] = frame.panels;
  assert.equal(stat.value, 1.5);
  assert.ok(Number.isNaN(stat.time));
  assert.deepEqual(stat.texts, ['1.5', 'µs', 'a detail – with a dash']);
  assert.deepEqual(['start', 'first', 'min', 'max', 'last', 'mean', 'points'].map(k => [...stat.columns[k]]), [[1000], [1], [-2], [3], [4], [1.5], [7]]);
  assert.deepEqual([chart.from, chart.to, chart.width, chart.lines, chart.more, chart.colors], [-60000, 0, 100, 2, 5, [0, 3]]);
  assert.deepEqual(chart.names, { head: 'cpu, region=eu', key: 'host', labels: ['web-1', 'web-2'], series: ['cpu{host=web-1}', 'cpu{host=web-2}'] });
  assert.equal(chart.sets.length, 1);
  assert.equal(chart.sets[0].slot, 1);
  assert.deepEqual([...chart.sets[0].start], [0, 100]);
  assert.equal(located.lost, 3);
  assert.deepEqual([located.oldX, located.oldY, located.freshX, located.freshY].map(a => [...a]), [[10], [20], [11, 12], [21, 22]]);
  assert.deepEqual(rows.rows.map(r => [r.series, r.value, r.text]), [[4, 0.5, '0.5'], [5, 0.25, '']]);
  assert.deepEqual([rows.columns[0].slot, [...rows.columns[0].last]], [4, [9]]);
}

test('a frame is read', () => check(decode(bytes)));

test('a frame that does not begin on a multiple of 8 is read', () => {
  const moved = new Uint8Array(bytes.length + 3);
  moved.set(bytes, 3);
  check(decode(moved.subarray(3)));
});

test('anything else is refused', () => assert.throws(() => decode(new Uint8Array(40)), /not a LiveDash frame/));
