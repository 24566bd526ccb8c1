import assert from 'node:assert/strict';
import { test } from 'node:test';

Object.assign(globalThis, { document: { addEventListener() {}, documentElement: {} }, matchMedia: () => ({ addEventListener() {} }), addEventListener() {} });
const { gapWords } = await import('./chart-paint.js');

const view = { left: 0, right: 800, bottom: 300, pr: 1 };
const measure = text => 6 * text.length;
const gap = (label, x0, x1, y) => ({ label, x0, x1, y, silent: 10_000 });
const said = spots => gapWords(spots, view, true, measure).map(({ text }) => text);

test('lines that are silent together say so once, below the lowest of them', () => {
  const words = gapWords([gap('web-1', 200, 300, 80), gap('web-2', 201, 300, 100), gap('web-3', 200, 301, 120)], view, true, measure);
  assert.deepEqual(words.map(({ text, y }) => [text, y]), [['no data, 10 s', 144]]);
});

test('a line that is silent alone is named, where there is room for it', () => {
  assert.deepEqual(said([gap('web-1', 200, 400, 80)]), ['web-1: no data, 10 s']);
  assert.deepEqual(said([gap('web-1', 200, 250, 80)]), ['no data, 10 s']);
  assert.deepEqual(said([gap('web-1', 200, 205, 80)]), ['no data']);
});

test('words that would lie on others are left out', () => {
  assert.deepEqual(said([gap('web-1', 200, 400, 80), gap('web-2', 220, 430, 84), gap('web-3', 220, 430, 84)]), ['web-1: no data, 10 s']);
  assert.equal(said([gap('web-1', 200, 400, 80), gap('web-2', 220, 430, 140)]).length, 2);
});
