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

// A dashboard on a screen of 300 pixels, as much of it as its pages ask about; its rows grow as the wall says.
function grid(wall, ...heights) {
  const panels = { scrollTop: 0, clientHeight: 300, getBoundingClientRect: () => ({ top: 0, height: 300 }) };
  const boxes = () => rows(...heights.map(height => height * (wall.grow ?? 1)));
  panels.children = heights.map((_, i) => ({
    classList: { toggle() {} },
    getBoundingClientRect: () => {
      const box = boxes()[i];
      return { top: box.top - panels.scrollTop, bottom: box.bottom - panels.scrollTop, height: box.bottom - box.top };
    },
  }));
  Object.defineProperty(panels, 'scrollHeight', { get: () => Math.max(300, boxes().at(-1).bottom) });
  return panels;
}

function wallOf(shown) {
  Object.assign(globalThis, Object.fromEntries(['ResizeObserver', 'MutationObserver'].map(name => [name, class { observe() {} disconnect() {} }])));
  const wall = { querySelector: selector => (selector === '.panels.fit' ? wall.shown : null) };
  wall.style = { setProperty: (name, value) => { wall[{ '--wall-grow': 'grow', '--wall-rest': 'rest' }[name]] = value; } };
  wall.shown = shown(wall);
  return wall;
}

test('the pages of each dashboard are told, also where it has as many as the one before', t => {
  const told = [];
  const wall = wallOf(wall => grid(wall, 200, 200, 200));
  const pages = new Pages(wall, 60_000, { invokeMethodAsync: async (name, count) => told.push(count) });
  t.after(() => pages.dispose());
  assert.deepEqual(told, [3]);

  pages.look();
  assert.deepEqual(told, [3]);

  wall.shown = grid(wall, 250, 150, 200);
  pages.look();
  assert.deepEqual(told, [3, 3]);

  wall.shown = grid(wall, 100);
  pages.look();
  assert.deepEqual(told, [3, 3, 1]);
});

test('rows grow until the pages are full, and the last page begins at its first panel', t => {
  const wall = wallOf(wall => grid(wall, 100, 100, 100, 100));
  const pages = new Pages(wall, 60_000, { invokeMethodAsync: async () => {} });
  t.after(() => pages.dispose());
  // Two pages of three and one would leave the second empty: two of two it is.
  assert.equal(pages.starts.length, 2);
  assert.ok(Math.abs(wall.grow - 1.5) < 0.05, `${wall.grow}`);
  assert.ok(Math.abs(pages.starts[1] - 200 * wall.grow) < 1e-9);
  pages.turn(1);
  assert.equal(wall.shown.scrollTop, Math.floor(pages.starts[1]));

  // Measured anew, as a panel's text or the window changes: lower rows have moved it, as a browser does where less is left to scroll.
  wall.shown.scrollTop = 0;
  pages.look();
  assert.equal(wall.shown.scrollTop, Math.floor(pages.starts[1]));

  // What is left of the last page is there to be scrolled to.
  wall.shown = grid(wall, 250, 100);
  pages.look();
  const bottom = 350 * wall.grow;
  assert.ok(Math.abs(parseFloat(wall.rest) - (pages.starts[1] + 300 - bottom)) < 1e-6, `${wall.rest}`);
});
