import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Columns } from './columns.js';
import { stateColor, stretches } from './states.js';

const set = (...rows) => Object.fromEntries(['start', 'first', 'min', 'max', 'last'].map((k, i) => [k, rows.map(r => r[i])]));
const columns = (...rows) => {
  const made = new Columns();
  made.merge(set(...rows));
  return made;
};

test('a state lasts until the next, equal ones are one stretch, and the last runs to the end', () => {
  const found = stretches(columns([10, 0, 0, 0, 0], [20, 0, 0, 0, 0], [30, 1, 1, 1, 1]), null, 5, 0, 100);
  assert.deepEqual(found, [{ from: 10, to: 30, value: 0 }, { from: 30, to: 100, value: 1 }]);
});

test('the state from before the stretch lasts into it', () => {
  assert.deepEqual(stretches(columns([30, 1, 1, 1, 1]), [2, -500], 5, 0, 40), [{ from: 0, to: 30, value: 2 }, { from: 30, to: 40, value: 1 }]);
  assert.deepEqual(stretches(columns([-20, 3, 3, 3, 3]), [2, -500], 5, 0, 40), [{ from: 0, to: 40, value: 3 }]);
  assert.deepEqual(stretches(new Columns(), null, 5, 0, 40), []);
});

test('a column that saw several states shows the first and the last', () => {
  assert.deepEqual(stretches(columns([10, 0, 0, 2, 1]), null, 10, 0, 40), [{ from: 10, to: 15, value: 0 }, { from: 15, to: 40, value: 1 }]);
});

test('words that say so are green, red and amber, the others always the same', () => {
  assert.deepEqual(['running', 'FAILED', 'Starting'].map(stateColor), ['--ok', '--crit', '--warn']);
  assert.equal(stateColor('spinning'), stateColor('spinning'));
  assert.match(stateColor('spinning'), /^--chart-[1-8]$/);
});
