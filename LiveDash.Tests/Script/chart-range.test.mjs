import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Columns } from './columns.js';

Object.assign(globalThis, { document: { addEventListener() {}, documentElement: {} }, matchMedia: () => ({ addEventListener() {} }), addEventListener() {} });
const { Chart } = await import('./chart.js');

function rangeOf(...values) {
  const columns = new Columns();
  const at = values.map((_, i) => i * 1000);
  columns.merge({ start: at, first: values, last: values, min: values, max: values, mean: values, count: values.map(() => 1), length: values.length });
  const chart = { options: { unit: 'number' }, range: [0, 10_000], width: 1000, lines: [{ columns, hidden: false }], thresholds: [] };
  return Chart.prototype.yRange.call(chart);
}

test('values apart by no more than rounding get an axis as one value does', () => {
  const [low, high] = rangeOf(5, 5.000000000000001, 4.999999999999999);
  assert.ok(high - low > 0.1, `${low} to ${high}`);
});

test('a small true spread far from zero keeps its own axis', () => {
  const [low, high] = rangeOf(1e9, 1e9 + 0.5);
  assert.ok(high - low < 1, `${low} to ${high}`);
});
