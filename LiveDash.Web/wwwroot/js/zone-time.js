// The wall clock of the chosen time zone (js/zone.js); of the browser's own where no page has chosen, as in tests.

const quarter = 900_000;
const most = 4096;
let known = new Map();
let knownZone = null;

// What to add to a moment (milliseconds since 1970) for its wall clock. Offsets change at quarters of an hour at most, so one look-up serves a quarter.
export function offset(ms) {
  const zone = globalThis.liveDash?.zone?.();
  if (!zone) return -new Date(ms).getTimezoneOffset() * 60_000;
  if (zone !== knownZone || known.size >= most) [known, knownZone] = [new Map(), zone];
  const at = Math.floor(ms / quarter);
  let found = known.get(at);
  if (found === undefined) {
    const { year, month, day, hour, minute, second } = globalThis.liveDash.zoned(at * quarter);
    found = Date.UTC(year, month - 1, day, hour, minute, second) - at * quarter;
    known.set(at, found);
  }
  return found;
}

export const toWall = ms => ms + offset(ms);

// The moment at which the wall clock shows so; of an hour that comes twice one of both.
export const fromWall = wall => wall - offset(wall - offset(wall));

// "2026-11-29 20:14:05", with milliseconds where there are some; empty for what no clock shows.
export function stamp(ms) {
  if (!(Math.abs(ms) < 8.6e15)) return '';
  const text = new Date(toWall(ms)).toISOString().replace('T', ' ').slice(0, -1);
  return text.endsWith('.000') ? text.slice(0, -4) : text;
}

// What tables and axes call the zone.
export const zoneName = () => (globalThis.liveDash?.zone?.() ?? 'local time').replaceAll('_', ' ');
