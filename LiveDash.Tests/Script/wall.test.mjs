import assert from 'node:assert/strict';
import { test } from 'node:test';

// What a browser has and this module names when it loads.
globalThis.HTMLElement = class {};
globalThis.customElements = { get: () => true };
const { pagesOf } = await import('./wall.js');

const rows = (...heights) => {
  let top = 0;
  return heights.map(height => ({ top, bottom: top += height }));
};

test('panels that fit are one page', () => {
  assert.deepEqual(pagesOf(rows(100, 200), 300), [0]);
  assert.deepEqual(pagesOf([], 300), [0]);
});

test('a page begins at the first panel that the one before did not show whole', () => {
  assert.deepEqual(pagesOf(rows(100, 150, 100, 100, 250), 300), [0, 250, 450]);
  // Beside one another.
  assert.deepEqual(pagesOf([...rows(200, 200), ...rows(150, 150, 100)], 300), [0, 200]);
});

test('a panel that is higher than the screen is shown piece by piece', () => {
  assert.deepEqual(pagesOf(rows(700, 100), 300), [0, 300, 600]);
});
