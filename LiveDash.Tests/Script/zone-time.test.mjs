import assert from 'node:assert/strict';
import { test } from 'node:test';

// As much of a page as the chosen zone needs: js/zone.js stands on it.
globalThis.document = { dispatchEvent() {}, addEventListener() {} };
globalThis.location = { search: '?tz=Europe/Berlin' };
globalThis.window = globalThis;
globalThis.CustomEvent ??= class {};
globalThis.addEventListener = () => {};
const kept = () => ({ getItem: () => null, setItem() {} });
globalThis.sessionStorage = kept();
globalThis.localStorage = kept();
await import('./zone.js');
const { clock } = await import('./format.js');
const { timeTicks } = await import('./time-axis.js');
const { fromWall, stamp, toWall, zoneName } = await import('./zone-time.js');

test('times are told by the chosen zone, not by the machine', () => {
  assert.equal(zoneName(), 'Europe/Berlin');
  assert.equal(stamp(Date.UTC(2026, 6, 1, 22, 30, 5)), '2026-07-02 00:30:05');
  assert.equal(stamp(Date.UTC(2026, 0, 1, 22, 30, 5, 250)), '2026-01-01 23:30:05.250');
  assert.equal(clock(Date.UTC(2026, 0, 1, 11, 4, 5)), '12:04:05');
  assert.equal(stamp(NaN), '');
  globalThis.liveDash.chooseZone('Asia/Kathmandu');
  assert.equal(clock(Date.UTC(2026, 0, 1, 11, 4, 5)), '16:49:05');
  globalThis.liveDash.chooseZone('Europe/Berlin');
});

test('a wall clock leads back to its moment, but for the hour that comes twice', () => {
  for (let t = Date.UTC(2026, 2, 27); t < Date.UTC(2026, 3, 2); t += 1_800_000) assert.equal(fromWall(toWall(t)), t);
});

test('ticks six hours apart are at 0, 6, 12 and 18 o\'clock, over both changes of the clocks', () => {
  for (const day of [Date.UTC(2026, 2, 28), Date.UTC(2026, 9, 24)]) {
    const { ticks } = timeTicks(day, day + 3 * 86_400_000, 12);
    for (const t of ticks) assert.equal(new Date(toWall(t)).getUTCHours() % 6, 0, stamp(t));
    for (let i = 1; i < ticks.length; i++) assert.ok(ticks[i] > ticks[i - 1]);
  }
});

test('the browser is asked for its zone once a minute at most, however many labels are written', () => {
  const { DateTimeFormat } = Intl;
  let asked = 0;
  globalThis.liveDash.chooseZone('browser');
  clock(Date.UTC(2026, 0, 1, 11, 4), 60_000);
  Intl.DateTimeFormat = function (...given) {
    asked++;
    return new DateTimeFormat(...given);
  };
  try {
    for (let i = 0; i < 1000; i++) clock(Date.UTC(2026, 0, 1, 11, 4) + i, 60_000);
  } finally {
    Intl.DateTimeFormat = DateTimeFormat;
    globalThis.liveDash.chooseZone('Europe/Berlin');
  }
  assert.ok(asked <= 1, `asked ${asked} times`);
});
