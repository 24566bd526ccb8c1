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

// The round times between two, as far apart as there is room for, by the local clock: 11:00 and not 10:59:58. Whole milliseconds.
export function timeTicks(min, max, most) {
  const least = (max - min) / Math.max(1, most);
  const step = steps.find(s => s >= least);
  if (step === undefined) return monthTicks(min, max, least);
  return step < day ? clockTicks(min, max, step) : dayTicks(min, max, step);
}

// Counted from local midnight, so that six hours apart means 00, 06, 12 and 18 o'clock in any zone, and on the day on which its clock is set too.
function clockTicks(min, max, step) {
  const ticks = [];
  if (step > hour) {
    const from = new Date(min);
    for (let hours = 0; ; hours += step / hour) {
      const at = new Date(from.getFullYear(), from.getMonth(), from.getDate(), hours);
      if (at.getTime() > max) return { ticks, step };
      // An hour that the clock leaves out is given as the next one.
      if (at.getTime() >= min && at.getHours() === hours % 24) ticks.push(at.getTime());
    }
  }

  const midnight = new Date(min).setHours(0, 0, 0, 0);
  for (let t = midnight + Math.ceil((min - midnight) / step) * step; t <= max; t += step) ticks.push(t);
  return { ticks, step };
}

function dayTicks(min, max, step) {
  const ticks = [];
  const at = new Date(min);
  at.setHours(0, 0, 0, 0);
  const days = step / day;
  // Every n days since a fixed day, so that the marks stay where they are while the range moves.
  const count = Math.round((at.getTime() - at.getTimezoneOffset() * minute) / day);
  at.setDate(at.getDate() + (days - count % days) % days);
  for (; at.getTime() <= max; at.setDate(at.getDate() + days)) if (at.getTime() >= min) ticks.push(at.getTime());
  return { ticks, step };
}

function monthTicks(min, max, least) {
  const apart = months.find(m => m * 30 * day >= least) ?? months.at(-1);
  const ticks = [];
  const first = new Date(min);
  const index = Math.floor((first.getFullYear() * 12 + first.getMonth()) / apart) * apart;
  for (let month = index; ; month += apart) {
    const t = new Date(Math.floor(month / 12), month % 12, 1).getTime();
    if (t > max) return { ticks, step: apart * 30 * day };
    if (t >= min) ticks.push(t);
  }
}
