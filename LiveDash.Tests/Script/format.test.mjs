import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parts } from './format.js';

test('values read the same as on the server', () => {
  const view = new DataView(new ArrayBuffer(8));
  for (const { bits, unit, number, suffix } of JSON.parse(readFileSync('cases.json', 'utf8'))) {
    view.setBigUint64(0, BigInt('0x' + bits));
    const value = view.getFloat64(0);
    assert.deepEqual(parts(value, unit), [number, suffix], `${value} ${unit}`);
  }
});
