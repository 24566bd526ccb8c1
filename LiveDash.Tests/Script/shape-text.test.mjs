import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromText, rounded, toText } from './shape-text.js';

const holed = [[[[0, 0], [10, 0], [10, 10]], [[1, 1], [2, 1], [2, 2]]], [[[20.5, -3], [1e-7, 4], [-1e21, 7]]]];

test('a shape in an address reads back as it is', () => {
  assert.deepEqual(fromText(toText(holed)), holed);
  assert.match(toText(holed), /^[-0-9.,_~!e+]+$/);
});

test('what is no shape is none', () => {
  for (const text of ['', null, undefined, 'x', '1,2_3,4', '1,2_3,4_5', '1,2_3,4_5,x', '1,2_3,4_,5', '1,2_3,4_5,Infinity']) assert.equal(fromText(text), null, String(text));
});

test('corners are rounded to what pixels can tell', () => {
  assert.deepEqual(rounded([[[[0.123456789, 1234.56789], [1, 2], [3, 4]]]], [0, 1, 0, 10_000]), [[[[0.1235, 1235], [1, 2], [3, 4]]]]);
  const times = rounded([[[[1_700_000_000_123.456, 0.00012345678], [1, 2], [3, 4]]]], [1_700_000_000_000, 1_700_000_600_000, 0, 0.001]);
  assert.deepEqual(times[0][0][0], [1_700_000_000_123, 0.0001235]);
});
