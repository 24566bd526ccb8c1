import { offset, toWall } from './zone-time.js';

// Writes values for people; LiveDash.Web/ViewModels/ValueFormat.cs does the same for texts, and a test holds the two together.

const si = [[1e18, 'E'], [1e15, 'P'], [1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e3, 'k'], [1, '']];
const iec = [[2 ** 60, 'Ei'], [2 ** 50, 'Pi'], [2 ** 40, 'Ti'], [2 ** 30, 'Gi'], [2 ** 20, 'Mi'], [2 ** 10, 'Ki'], [1, '']];
const times = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's'], [1e-3, 'ms'], [1e-6, 'µs'], [1e-9, 'ns']];
const suffixes = { number: '', perSecond: '/s', bytes: 'B', bytesPerSecond: 'B/s', bitsPerSecond: 'bit/s', hertz: 'Hz', volt: 'V', watt: 'W', ampere: 'A' };
const seconds = { seconds: 1, milliseconds: 1e-3, microseconds: 1e-6, nanoseconds: 1e-9 };

// What rounds up to the next step belongs to it: 999.99 k is 1 M.
const rounding = 1.00005;
// From here on plain numbers have a prefix.
const compactFrom = 1e5;

function power(value) {
  const [mantissa, exponent] = value.toExponential(2).split('e');
  return `${digits(Number(mantissa))}e${Number(exponent)}`;
}

function digits(value, decimals) {
  if (decimals != null && Math.abs(value) < 1e9) return grouped(negativeZero(value.toFixed(decimals)));
  const size = Math.abs(value);
  if (size >= 1e9) return power(value);
  const fixed = value.toFixed(size >= 100 ? (Number.isInteger(value) ? 0 : 1) : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4);
  return grouped(negativeZero(fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed));
}

// 1,284 reads faster than 1284.
const grouped = text => text.replace(/^(-?\d+)/, whole => whole.replace(/\B(?=(\d{3})+$)/g, ','));

const negativeZero = text => (/^-[0.]+$/.test(text) ? text.slice(1) : text);

function scaled(value, table, unit, decimals) {
  const size = Math.abs(value) * rounding;
  const [factor, prefix] = table.find(([least]) => size >= least) ?? table[table.length - 1];
  return [digits(value / factor, decimals), prefix + unit];
}

// [number, unit]; `decimals` for a fixed number of places, `suffix` for a unit in a person's own words, `compact` for a prefix wherever there is one.
export function parts(value, unit = 'number', { decimals, suffix: own, compact = false } = {}) {
  if (!Number.isFinite(value)) return ['–', ''];
  if (own) return [digits(value, decimals), own];
  if (unit === 'percent') return [digits(value, decimals), '%'];
  if (unit === 'ratio') return [digits(value * 100, decimals), '%'];
  if (unit === 'celsius') return [digits(value, decimals), '°C'];
  if (unit in seconds) {
    const inSeconds = value * seconds[unit];
    return inSeconds === 0 ? ['0', 's'] : scaled(inSeconds, times, '', decimals);
  }
  const suffix = suffixes[unit] ?? '';
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.01 || size >= 1e21) && decimals == null) return [power(value), suffix];
  // 1,204 tells more than 1.2 k, and is no longer.
  if (!compact && (unit === 'number' || unit === 'perSecond') && size * rounding >= 1000 && size * rounding < compactFrom) return [digits(value, decimals ?? 0), suffix];
  return scaled(value, unit.startsWith('bytes') ? iec : si, suffix, decimals);
}

export function format(value, unit, options) {
  const [number, suffix] = parts(value, unit, options);
  return suffix ? `${number} ${suffix}` : number;
}

// The ticks of one axis, written in one way and each differently.
export function tickTexts(ticks, unit, suffix) {
  const compact = ticks.some(one => Math.abs(one) >= 1e4);
  const texts = decimals => ticks.map(one => (one === 0 ? '0' : format(one, unit, { suffix, compact, decimals })));
  let found = texts();
  for (let decimals = 2; decimals <= 9 && new Set(found).size < found.length; decimals++) found = texts(decimals);
  return found;
}

// How many, with the word: 1 point, 2,500 points.
export const counted = (count, one) => `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;

// A stretch of time in its two largest units: 1 min 25 s.
export function duration(ms) {
  const whole = Math.max(0, Math.round(ms / 1000));
  const [size, unit, small, smaller] = [[86400, 'd', 3600, 'h'], [3600, 'h', 60, 'min'], [60, 'min', 1, 's']].find(([least]) => whole >= least) ?? [1, 's'];
  const rest = small ? Math.floor((whole % size) / small) : 0;
  return `${Math.floor(whole / size)} ${unit}${rest > 0 ? ` ${rest} ${smaller}` : ''}`;
}

const two = n => String(n).padStart(2, '0');

// Of an hour that a change back from summer time repeats, which of the two it is, by the offset from UTC; nothing else needs that.
function repeated(ms) {
  // Clocks change twice a year: with one offset on both sides there is nothing to tell apart.
  if (offset(ms - 90 * 60000) === offset(ms + 90 * 60000)) return '';
  const wall = toWall(ms);
  if (![-90, -60, -30, 30, 60, 90].some(minutes => toWall(ms + minutes * 60000) === wall)) return '';
  const east = Math.abs(offset(ms)) / 60000;
  return ` ${offset(ms) < 0 ? '\u2212' : '+'}${Math.floor(east / 60)}${east % 60 ? ':' + two(east % 60) : ''}`;
}

// The time of day in the chosen zone, as exact as the distance between ticks (in ms) asks for.
export function clock(ms, step = 1000) {
  // Axis ticks are computed in floating point: 51:59.9999 means 52:00.
  const t = new Date(toWall(Math.round(ms)));
  const day = `${t.getUTCFullYear()}-${two(t.getUTCMonth() + 1)}-${two(t.getUTCDate())}`;
  if (step >= 86400000) return day.slice(step >= 31536000000 ? 0 : 5);
  const minutes = `${two(t.getUTCHours())}:${two(t.getUTCMinutes())}`;
  if (step >= 60000) return minutes === '00:00' ? day.slice(5) : minutes + repeated(Math.round(ms));
  const exact = `${minutes}:${two(t.getUTCSeconds())}`;
  return step >= 1000 ? exact : `${exact}.${String(t.getUTCMilliseconds()).padStart(3, '0')}`;
}
