import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uncovered } from './marks.js';

test('of stretches that overlap each moment is left once', () => {
  assert.deepEqual(uncovered(0, 10, []), [[0, 10]]);
  assert.deepEqual(uncovered(0, 10, [[3, 5]]), [[0, 3], [5, 10]]);
  assert.deepEqual(uncovered(0, 10, [[0, 10]]), []);
  assert.deepEqual(uncovered(4, 4, []), [[4, 4]]);
  assert.deepEqual(uncovered(4, 4, [[3, 5]]), []);
  assert.deepEqual(uncovered(9, 4, []), []);
});

test('what is left and what covers make the whole, whatever lies where', () => {
  let seed = 7;
  const random = () => (seed = (seed * 48271) % 2147483647) % 20;
  for (let round = 0; round < 200; round++) {
    const others = Array.from({ length: 3 }, () => [random(), random()].sort((a, b) => a - b));
    const [from, to] = [random(), random() + 20];
    const left = uncovered(from, to, others);
    for (let at = from + 0.5; at < to; at++) {
      const covered = others.some(([a, b]) => a <= at && at <= b);
      assert.equal(left.filter(([a, b]) => a <= at && at <= b).length, covered ? 0 : 1);
    }
  }
});
