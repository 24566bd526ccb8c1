import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeTicks } from './time-axis.js';

const at = (...parts) => new Date(...parts).getTime();

test('five minutes from any fraction of a second have a tick each whole minute', () => {
  for (const offset of [0, 0.25, 1, 17_333.7, 59_999.999]) {
    const min = at(2026, 10, 21, 11, 4, 0) + offset;
    const { ticks, step } = timeTicks(min, min + 300_000, 7);
    assert.equal(step, 60_000);
    for (const t of ticks) assert.equal(new Date(t).getSeconds() + new Date(t).getMilliseconds(), 0);
    assert.ok(ticks.length === 5 || offset === 0);
  }
});

test('every step is round by the local clock, whatever the span', () => {
  const start = at(2026, 2, 28, 13, 37, 11) + 0.125;
  for (const span of [3, 40, 900, 7_000, 100_000, 3.6e6, 2e7, 9e7, 4e8, 3e9, 4e10, 1e12]) {
    const { ticks } = timeTicks(start, start + span, 8);
    assert.ok(ticks.length >= 1 && ticks.length <= 9, `${span}: ${ticks.length}`);
    for (const t of ticks) assert.ok(Number.isInteger(t) && t >= start && t <= start + span);
    for (let i = 1; i < ticks.length; i++) assert.ok(ticks[i] > ticks[i - 1]);
  }
});

test('marks stay where they are while the range moves', () => {
  const start = at(2026, 10, 1);
  for (const span of [300_000, 86_400_000 * 30]) {
    const a = timeTicks(start, start + span, 6).ticks;
    const b = timeTicks(start + span / 50, start + span * 1.02, 6).ticks;
    assert.ok(b.slice(0, -1).every(t => t > start + span || a.includes(t)));
  }
});
