import { fromWall, offset, toWall } from './zone-time.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const steps = [
  1, 2, 5, 10, 20, 50, 100, 200, 500,
  ...[1, 2, 5, 10, 15, 30].map(n => n * second),
  ...[1, 2, 5, 10, 15, 30].map(n => n * minute),
  ...[1, 2, 3, 6, 12].map(n => n * hour),
  ...[1, 2, 7, 14].map(n => n * day),
];

const months = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200];

// The round times between two, as far apart as there is room for, by the clock of the chosen zone: 11:00 and not 10:59:58. Whole milliseconds.
export function timeTicks(min, max, most) {
  const least = (max - min) / Math.max(1, most);
  const step = steps.find(s => s >= least);
  if (step === undefined) return monthTicks(min, max, least);
  return { ticks: step < day ? withinADay(min, max, step) : moments(min, max, wallSteps(toWall(min), step)), step };
}

// An hour that the clock repeats has its marks on both passes: on each side of the change the clock runs evenly.
function withinADay(min, max, step) {
  const change = offset(min) === offset(max) ? max : changeBetween(min, max);
  const ticks = [];
  for (const [from, to] of [[min, change], [change, max]]) {
    const ahead = offset(from);
    for (const wall of wallSteps(from + ahead, step)) {
      if (wall - ahead > to || (to === change && wall - ahead === change)) break;
      ticks.push(wall - ahead);
    }
  }

  return ticks;
}

// The first moment of the new offset. Offsets change at whole minutes.
function changeBetween(min, max) {
  const before = offset(min);
  let [low, high] = [Math.floor(min / minute), Math.ceil(max / minute)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(middle * minute) === before) low = middle;
    else high = middle;
  }

  return high * minute;
}

// Counted from midnight, so that six hours apart means 00, 06, 12 and 18 o'clock in any zone; several days from a fixed day, so that the marks stay where
// they are while the range moves.
function* wallSteps(min, step) {
  const from = step < day ? Math.floor(min / day) * day : 0;
  for (let wall = from + Math.ceil((min - from) / step) * step; ; wall += step) yield wall;
}

function monthTicks(min, max, least) {
  const apart = months.find(m => m * 30 * day >= least) ?? months.at(-1);
  return { ticks: moments(min, max, wallMonths(new Date(toWall(min)), apart)), step: apart * 30 * day };
}

function* wallMonths(first, apart) {
  const index = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / apart) * apart;
  for (let month = index; ; month += apart) yield new Date(0).setUTCFullYear(Math.floor(month / 12), month % 12, 1);
}

// The moments of wall clocks within a stretch; of an hour that comes twice each mark once.
function moments(min, max, walls) {
  const ticks = [];
  for (const wall of walls) {
    const t = fromWall(wall);
    if (!(t <= max)) return ticks;
    // An hour that the clock leaves out has no mark.
    if (t >= min && toWall(t) === wall && !(t <= ticks.at(-1))) ticks.push(t);
  }
}
