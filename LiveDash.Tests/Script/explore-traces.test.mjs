import assert from 'node:assert/strict';
import { test } from 'node:test';

globalThis.document = { documentElement: {} };
globalThis.getComputedStyle = () => ({ getPropertyValue: name => name });
const { PointColumns } = await import('./point-columns.js');
const { traces } = await import('./explore-traces.js');

const figure = { marks: { type: 'scattergl', marker: { opacity: 0.75, colorbar: { title: {} } } }, cells: { type: 'heatmap', colorbar: { title: {} } } };
const look = { stops: ['#000000', '#ffffff'], bar: {}, palette: ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7'], slots: { b: 5 }, mapped: true, value: 'value, ms' };
const size = { width: 300, height: 300, gl: true };

function columns(count, series = 1) {
  const made = new PointColumns();
  for (let s = 0; s < series; s++) made.named(String.fromCharCode(97 + s));
  for (let i = 0; i < count; i++) made.add(i, i, i, i % 10, Math.floor(i / 10) % 10, i % series);
  return made;
}

test('few points are marks on the typed trace, coloured by value with a bar that names it', () => {
  const points = columns(100);
  const [trace, ...more] = traces(figure, points, [points.x, points.y], [0, 10, 0, 10], size, look);
  assert.equal(more.length, 0);
  assert.equal(trace.type, 'scattergl');
  assert.equal(trace.x.length, 100);
  assert.equal(trace.marker.colorbar.title.text, 'value, ms');
  assert.deepEqual(trace.marker.colorscale, [[0, '#000000'], [1, '#ffffff']]);
});

test('several series have a trace each, in the colours that they have everywhere', () => {
  const points = columns(90, 3);
  const made = traces(figure, points, [points.x, points.y], [0, 10, 0, 10], size, look);
  assert.deepEqual(made.map(trace => [trace.name, trace.marker.color, trace.x.length]), [['a', 'c0', 30], ['b', 'c5', 30], ['c', 'c2', 30]]);
});

test('many points are cells whose counts add up, with a bar of round counts', () => {
  const points = columns(30_000);
  const [trace] = traces(figure, points, [points.x, points.y], [0, 10, 0, 10], size, look);
  assert.equal(trace.type, 'heatmap');
  assert.equal(trace.customdata.reduce((sum, row) => sum + row.reduce((a, b) => a + b, 0), 0), 30_000);
  assert.equal(trace.zmax, Math.log10(300));
  assert.deepEqual(trace.colorbar.ticktext, ['1', '10', '100']);
  assert.equal(trace.colorbar.title.text, 'points in a cell');
});

test('what lies outside of the view and its margin is left out', () => {
  const points = columns(100);
  const [trace] = traces(figure, points, [points.x, points.y], [0, 1, 0, 1], size, look);
  assert.deepEqual([...trace.customdata], [0, 1, 10, 11]);
});
