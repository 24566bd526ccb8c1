import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parts, tickTexts } from './format.js';

test('values read the same as on the server', () => {
  const view = new DataView(new ArrayBuffer(8));
  for (const { bits, unit, number, suffix } of JSON.parse(readFileSync('cases.json', 'utf8'))) {
    view.setBigUint64(0, BigInt('0x' + bits));
    const value = view.getFloat64(0);
    assert.deepEqual(parts(value, unit), [number, suffix], `${value} ${unit}`);
  }
});

test('ticks of an axis are told apart and written in one way', () => {
  assert.deepEqual(tickTexts([0.05, 0.055, 0.06, 0.065], 'number'), ['0.05', '0.055', '0.06', '0.065']);
  assert.deepEqual(tickTexts([1000.01, 1000.02], 'number'), ['1,000.01', '1,000.02']);
  assert.deepEqual(tickTexts([0, 5000, 10000], 'number'), ['0', '5 k', '10 k']);
  assert.deepEqual(tickTexts([0, 500, 1000], 'number'), ['0', '500', '1,000']);
  assert.deepEqual(tickTexts([20, 40], 'percent'), ['20 %', '40 %']);
});
