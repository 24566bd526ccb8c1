import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellOf } from './grid-cells.js';

test('each whole number has a cell of its own, whatever the size', () => {
  for (const size of [1, 7, 50, 99, 128]) {
    const cells = new Set();
    for (let i = 0; i < size; i++) cells.add(cellOf(i, 0, size, size));
    assert.equal(cells.size, size);
  }
});

test('the upper border belongs to the last cell, and outside there is none', () => {
  assert.equal(cellOf(50, 0, 50, 50), 49);
  assert.equal(cellOf(50.01, 0, 50, 50), -1);
  assert.equal(cellOf(-0.01, 0, 50, 50), -1);
});
