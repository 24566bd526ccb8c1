import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Columns } from './columns.js';

Object.assign(globalThis, { document: { addEventListener() {}, documentElement: {} }, matchMedia: () => ({ addEventListener() {} }), addEventListener() {} });
const { ChartLegend } = await import('./chart-legend.js');

test('a line without points is looked at with every frame for two seconds, and then as seldom as others', t => {
  let now = 10_000;
  t.mock.method(performance, 'now', () => now);
  let written = 0;
  const cell = () => ({ textContent: '' });
  const legend = Object.assign(Object.create(ChartLegend.prototype), {
    shown: 'table', begun: now, stamp: 0,
    chart: { options: { legend: 'table' }, range: [0, 1000], isLive: true, lines: [{ columns: new Columns(), hidden: false }], text: () => `${++written}` },
    rows: [{ row: { classList: { toggle() {} } }, button: { getAttribute: () => 'true' }, cells: [cell(), cell(), cell(), cell()] }],
  });
  const countOf = (frames, stepMs) => {
    const before = written;
    for (let i = 0; i < frames; i++, now += stepMs) legend.update();
    return (written - before) / 3;
  };

  assert.equal(countOf(10, 16), 10);
  now = legend.begun + 2500;
  legend.update();
  assert.ok(countOf(100, 10) <= 2);
});
