import assert from 'node:assert/strict';
import { test } from 'node:test';

Object.assign(globalThis, {
  document: { addEventListener() {}, removeEventListener() {}, documentElement: {}, body: {} }, matchMedia: () => ({ addEventListener() {} }), addEventListener() {},
  getComputedStyle: () => ({ fontSize: '16px', fontFamily: 'sans-serif', getPropertyValue: () => '#123456' }), ResizeObserver: class { observe() {} disconnect() {} },
});
const { attach } = await import('./rule-chart.js');

test('ticks of the axis differ from one another', () => {
  const chart = attach({ clientWidth: 600, clientHeight: 300, querySelector: () => null }, {});
  chart.picture = { unit: 'number', from: 0, to: 1000, episodes: [], raw: [], lines: [] };

  const texts = chart.settings([]).axes[1].values(null, [12_340_000, 12_341_000, 12_342_000]);

  assert.equal(new Set(texts).size, 3, texts.join(', '));
});
