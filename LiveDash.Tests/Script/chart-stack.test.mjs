import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extent, stack } from './chart-paint.js';
import { Columns } from './columns.js';

const read = (c, i) => c.mean[i];

function line(points) {
  const columns = new Columns();
  for (const [start, value] of points) columns.merge({ start: [start], first: [value], min: [value], max: [value], last: [value], mean: [value], points: [1] });
  return { columns };
}

test('each line stands on the sum of those before it', () => {
  const { times, tops } = stack([line([[0, 1], [10, 2], [20, 3]]), line([[0, 10], [10, 20], [20, 30]])], read, 10, 0, 20);
  assert.deepEqual(times, [0, 10, 20]);
  assert.deepEqual(tops, [[1, 2, 3], [11, 22, 33]]);
  assert.deepEqual(extent({ tops }), [0, 33]);
});

test('between its columns a line lies on the straight way, beyond its ends it is nothing', () => {
  const { times, tops } = stack([line([[10, 4], [20, 8], [30, 8]]), line([[0, 1], [15, 1], [40, 1]])], read, 10, 0, 40);
  assert.deepEqual(times, [0, 10, 15, 20, 30, 40]);
  assert.deepEqual(tops[0], [0, 4, 6, 8, 8, 0]);
});

test('within a gap a line is nothing', () => {
  const steady = Array.from({ length: 10 }, (_, i) => [i * 10, 5]);
  const { times, tops } = stack([line([...steady, [900, 5], [910, 5]]), line([[500, 2]])], read, 10, 0, 1000);
  assert.equal(tops[0][times.indexOf(500)], 0);
  assert.equal(tops[1][times.indexOf(500)], 2);
});

test('nothing is nothing', () => {
  const [min, max] = extent(stack([], read, 10, 0, 100));
  assert.ok(min > max);
});
