import { Columns } from './columns.js';
import { clock } from './format.js';
import { drawSparkline } from './sparkline.js';
import { set } from './stat.js';
import { onLook } from './theme-colors.js';

const staleSeconds = 120;

// Such as 0.4 s, 12 s, 5 min, 3 h, 2 d.
export function ageText(seconds) {
  if (Number.isNaN(seconds)) return '';
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const [size, unit] = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']].find(([least]) => seconds >= least);
  return `${Math.floor(seconds / size)} ${unit}`;
}

// "300 crit,80 warn" as lines across.
const thresholds = text => (text ? text.split(',') : []).map(one => one.split(' ')).map(([value, severity]) => ({ value: Number(value), severity }));

// The live cells of a table of series. Blazor makes and removes the rows; the value, time and sparkline inside them are this module's alone.
export class Rows {
  constructor(element, options) {
    // Rows that Blazor lays out elsewhere on the page are found from there.
    this.element = options.within ? element.closest(options.within) : element;
    this.span = options.span;
    this.range = options.range ?? null;
    this.known = new Map();
    this.now = Date.now();
    this.endLook = onLook(() => this.drawAll());
    this.timer = setInterval(() => this.drawAges(), 1000);
  }

  apply(panel, now) {
    this.now = now;
    if (panel.reset) this.known.clear();
    for (const row of panel.rows) {
      const known = this.row(row.series);
      known.text = row.text;
      known.time = row.time;
    }
    for (const set of panel.columns) {
      const known = this.row(set.slot);
      known.columns.merge(set);
      if (!this.range) known.columns.prune(now - this.span);
    }
    for (const row of panel.rows) this.draw(row.series);
    if (this.known.size > 1000) this.forget();
  }

  // Another span, or a past stretch [from, to] in ms; null for what is live.
  setRange(span, range) {
    this.span = span;
    this.range = range;
    this.drawAll();
  }

  row(series) {
    let known = this.known.get(series);
    if (!known) this.known.set(series, known = { text: '', time: NaN, columns: new Columns() });
    return known;
  }

  draw(series) {
    const known = this.known.get(series);
    if (!known) return;
    for (const element of this.element.querySelectorAll(`[data-series="${series}"]`)) this.drawInto(element, known);
  }

  drawInto(element, known) {
    const value = element.querySelector('[data-part="value"]');
    if (value) set(value, known.text);
    const time = element.querySelector('[data-part="time"]');
    if (time) set(time, Number.isNaN(known.time) ? '' : clock(known.time));
    this.drawAge(element, known);
    const [from, to] = this.range ?? [this.now - this.span, this.now];
    const spark = element.querySelector('[data-part="spark"]');
    if (spark) drawSparkline(spark, known.columns, from, to, { color: element.dataset.color, thresholds: thresholds(element.dataset.thresholds), dot: true, steps: 'steps' in element.dataset });
  }

  // How old the newest value is; a row that nothing came for in two minutes looks so.
  drawAge(element, known) {
    const age = element.querySelector('[data-part="age"]');
    if (!age) return;
    const seconds = Number.isNaN(known.time) ? NaN : Math.max(0, (Date.now() - known.time) / 1000);
    set(age, ageText(seconds));
    element.classList.toggle('gone-quiet', seconds > staleSeconds);
  }

  drawAges() {
    for (const [series, known] of this.known) {
      const element = this.element.querySelector(`[data-series="${series}"]`);
      if (element) this.drawAge(element, known);
    }
  }

  drawAll() {
    for (const series of this.known.keys()) this.draw(series);
  }

  // Rows that were scrolled away come again in full when they are back.
  forget() {
    for (const series of this.known.keys()) {
      if (!this.element.querySelector(`[data-series="${series}"]`)) this.known.delete(series);
    }
  }

  dispose() {
    clearInterval(this.timer);
    this.endLook();
  }
}
