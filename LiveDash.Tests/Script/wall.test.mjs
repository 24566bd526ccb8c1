import assert from 'node:assert/strict';
import { test } from 'node:test';

// What a browser has and this module names when it loads.
globalThis.HTMLElement = class {};
globalThis.customElements = { get: () => true };
const { pagesOf, Pages } = await import('./wall.js');

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

// A dashboard on a screen of 300 pixels, as much of it as its pages ask about.
function grid(...heights) {
  const boxes = rows(...heights);
  const panels = { scrollTop: 0, clientHeight: 300, getBoundingClientRect: () => ({ top: 0, height: 300 }) };
  panels.children = boxes.map(box => ({
    classList: { toggle() {} },
    getBoundingClientRect: () => ({ top: box.top - panels.scrollTop, bottom: box.bottom - panels.scrollTop, height: box.bottom - box.top }),
  }));
  return panels;
}

test('the pages of each dashboard are told, also where it has as many as the one before', t => {
  Object.assign(globalThis, Object.fromEntries(['ResizeObserver', 'MutationObserver'].map(name => [name, class { observe() {} disconnect() {} }])));
  const told = [];
  let shown = grid(200, 200, 200);
  const wall = { querySelector: selector => (selector === '.panels.fit' ? shown : null) };
  const pages = new Pages(wall, 60_000, { invokeMethodAsync: async (name, count) => told.push(count) });
  t.after(() => pages.dispose());
  assert.deepEqual(told, [3]);

  pages.look();
  assert.deepEqual(told, [3]);

  shown = grid(250, 150, 200);
  pages.look();
  assert.deepEqual(told, [3, 3]);

  shown = grid(100);
  pages.look();
  assert.deepEqual(told, [3, 3, 1]);
});
