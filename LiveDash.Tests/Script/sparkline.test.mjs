import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Columns } from './columns.js';
import { drawSparkline } from './sparkline.js';

// Just enough of a canvas to see which way its line takes.
class Path2D {
  constructor(other) {
    this.points = other ? [...other.points] : [];
  }

  lineTo(x, y) {
    this.points.push([Math.round(x), Math.round(y)]);
  }
}

function drawn(options, ...rows) {
  Object.assign(globalThis, { Path2D, devicePixelRatio: 1, document: { documentElement: {} } });
  globalThis.getComputedStyle = () => ({ fontSize: '16px', getPropertyValue: () => '#123456' });
  const columns = new Columns();
  columns.merge(Object.fromEntries(['start', 'first', 'min', 'max', 'last'].map((k, i) => [k, rows.map(r => r[i])])));
  const seen = { fills: 0 };
  const context = { clearRect() {}, beginPath() {}, arc() {}, fill: () => seen.fills++, stroke: path => { seen.line = path.points; } };
  drawSparkline({ clientWidth: 100, clientHeight: 40, getContext: () => context }, columns, 0, 100, options);
  return seen;
}

const rows = [[0, 0, 0, 0, 0], [20, 1, 1, 1, 1], [40, 0, 0, 0, 0]];

test('values are joined by straight lines, with a band about them', () => {
  const { line, fills } = drawn({}, ...rows);
  assert.deepEqual(line.slice(0, 3).map(point => point[0]), [0, 20, 40]);
  assert.equal(fills, 2);
});

test('a state holds until the next: nothing lies between two of them', () => {
  const { line, fills } = drawn({ steps: true }, ...rows);
  for (let i = 1; i < line.length; i++) assert.ok(line[i][0] === line[i - 1][0] || line[i][1] === line[i - 1][1], `${line[i - 1]} to ${line[i]}`);
  assert.deepEqual(line.map(point => point[0]).slice(0, 5), [0, 20, 20, 40, 40]);
  assert.equal(fills, 1);
});

test('a state that is long overdue still holds', () => {
  const { line } = drawn({ steps: true }, [0, 0, 0, 0, 0], [2, 1, 1, 1, 1], [4, 0, 0, 0, 0], [6, 1, 1, 1, 1]);
  assert.equal(line.at(-1)[0], 100);
});
