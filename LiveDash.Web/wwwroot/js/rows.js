import { Columns } from './columns.js';
import { clock } from './format.js';
import { drawSparkline } from './sparkline.js';
import { set } from './stat.js';
import { onTheme } from './theme-colors.js';

// The live cells of a table of series. Blazor makes and removes the rows; the value, time and sparkline inside them are this module's alone.
export class Rows {
  constructor(element, options) {
    this.element = element;
    this.span = options.span;
    this.range = options.range;
    this.known = new Map();
    this.now = Date.now();
    this.endTheme = onTheme(() => this.drawAll());
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
    const element = this.element.querySelector(`[data-series="${series}"]`);
    const known = this.known.get(series);
    if (!element || !known) return;
    set(element.querySelector('[data-part="value"]'), known.text);
    set(element.querySelector('[data-part="time"]'), Number.isNaN(known.time) ? '' : clock(known.time));
    const [from, to] = this.range ?? [this.now - this.span, this.now];
    drawSparkline(element.querySelector('[data-part="spark"]'), known.columns, from, to, { dot: true });
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
    this.endTheme();
  }
}
