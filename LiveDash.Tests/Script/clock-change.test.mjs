import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clock } from './format.js';
import { timeTicks } from './time-axis.js';

const nights = [
  ['Europe/Berlin', '2026-03-29T01:00:00Z', true], ['Europe/Berlin', '2026-10-25T01:00:00Z', false],
  ['America/St_Johns', '2026-03-08T05:30:00Z', true], ['America/St_Johns', '2026-11-01T04:30:00Z', false],
];

for (const [zone, moment, skips] of nights) {
  test(`${zone}, the night of ${moment}: ticks are round, in order and each says something else`, () => {
    process.env.TZ = zone;
    const change = Date.parse(moment);
    let twice = 0;
    for (const minutes of [30, 90, 180, 300, 480, 720, 1440, 2880]) {
      for (const share of [0.2, 0.5, 0.8]) {
        const min = change - minutes * share * 60000 + 1.25;
        const { ticks, step } = timeTicks(min, min + minutes * 60000, 11);
        assert.ok(ticks.length > 0 && ticks.length <= 13, `${minutes}: ${ticks.length}`);
        for (let i = 1; i < ticks.length; i++) assert.ok(ticks[i] > ticks[i - 1]);
        const labels = ticks.map(t => clock(t, step));
        // Over more than a day noon comes twice anyway.
        if (minutes <= 720) assert.equal(new Set(labels).size, labels.length, labels.join(', '));
        for (const t of ticks) {
          const at = new Date(t);
          if (step >= 3600000) assert.equal(at.getMinutes(), 0, labels.join(', '));
          if (step > 3600000 && step < 86400000) assert.equal(at.getHours() % (step / 3600000), 0, labels.join(', '));
        }
        twice += labels.filter(label => label.length > 5).length;
      }
    }
    assert.equal(twice > 0, !skips);
  });
}
