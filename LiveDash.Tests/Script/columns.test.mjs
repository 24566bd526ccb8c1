import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Columns } from './columns.js';

const set = (...rows) => Object.fromEntries(['start', 'first', 'min', 'max', 'last'].map((k, i) => [k, rows.map(r => r[i])]));

test('new columns are appended, known ones replaced, late ones put where they belong', () => {
  const columns = new Columns();
  columns.merge(set([10, 1, 1, 1, 1], [30, 3, 3, 3, 3]));
  columns.merge(set([20, 2, 2, 2, 2], [30, 3, 0, 9, 4], [40, 5, 5, 5, 5]));
  assert.deepEqual(columns.start, [10, 20, 30, 40]);
  assert.deepEqual(columns.max, [1, 2, 9, 5]);
  assert.deepEqual(columns.last, [1, 2, 4, 5]);
});

test('a flat column is one point, another four', () => {
  const columns = new Columns();
  columns.merge(set([0, 1, 1, 1, 1], [4, 2, 0, 9, 5]));
  assert.deepEqual(columns.toLine(4), [[0, 4, 5, 6, 7], [1, 2, 0, 9, 5]]);
});

test('a stretch of time holds a column or none', () => {
  const columns = new Columns();
  assert.equal(columns.within(0, 100), false);
  columns.merge(set([50, 1, 1, 1, 1]));
  assert.deepEqual([[0, 49], [0, 50], [50, 60], [51, 60]].map(([from, to]) => columns.within(from, to)), [false, true, true, false]);
});

test('nothing is drawn across a silence', () => {
  const columns = new Columns();
  columns.merge(set(...[0, 10, 20, 30, 200, 210].map(t => [t, 1, 1, 1, 1])));
  const [x, y] = columns.toLine(10);
  assert.deepEqual(x, [0, 10, 20, 30, 40, 200, 210]);
  assert.equal(y[4], null);
});

test('old columns go, many at once', () => {
  const columns = new Columns();
  columns.merge(set(...Array.from({ length: 100 }, (_, i) => [i, i, i, i, i])));
  columns.prune(50);
  assert.equal(columns.length, 100);
  columns.prune(70);
  assert.deepEqual([columns.length, columns.first[0]], [30, 70]);
});
