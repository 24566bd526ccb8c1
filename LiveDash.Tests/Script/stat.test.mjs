import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Columns } from './columns.js';
import { lasting } from './stat.js';

const columns = (...rows) => {
  const made = new Columns();
  made.merge(Object.fromEntries(['start', 'first', 'min', 'max', 'last'].map((k, i) => [k, rows.map(r => r[i])])));
  return made;
};

test('a state has lasted since the column in which it came', () => {
  assert.equal(lasting(columns([0, 1, 1, 1, 1], [10_000, 2, 2, 2, 2], [20_000, 2, 2, 2, 2]), 20_000, 70_000), '1 min');
  // It came within a column that begins in another state.
  assert.equal(lasting(columns([0, 1, 1, 1, 1], [10_000, 1, 1, 2, 2], [20_000, 2, 2, 2, 2]), 20_000, 70_000), '1 min');
  // It was away in between, which the ends of the column do not show.
  assert.equal(lasting(columns([0, 2, 2, 2, 2], [10_000, 2, 1, 2, 2]), 10_000, 40_000), '30 s');
});

test('where its beginning is not known it has lasted at least so long', () => {
  assert.equal(lasting(columns([0, 2, 2, 2, 2], [10_000, 2, 2, 2, 2]), 10_000, 40_000), 'at least 40 s');
  assert.equal(lasting(columns(), 5_000, 40_000), 'at least 35 s');
  assert.equal(lasting(columns(), NaN, 40_000), '');
});
