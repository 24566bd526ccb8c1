import { Columns } from './columns.js';
import { duration } from './format.js';
import { drawSparkline } from './sparkline.js';
import { onTheme } from './theme-colors.js';

// A series that is silent for longer than this, and than usual, is old news.
const staleMs = 15000;

// A big number with its unit, what it is beside it, and a sparkline below. The server writes the texts; these elements are this module's alone.
export class StatPanel {
  constructor(element, options) {
    this.element = element;
    this.span = options.span;
    this.range = options.range;
    this.columns = new Columns();
    this.thresholds = [];
    this.now = Date.now();
    this.texts = ['', '', '', ''];
    this.sizes = new ResizeObserver(() => this.draw());
    this.sizes.observe(this.part('spark'));
    this.endTheme = onTheme(() => this.draw());
  }

  // The detail comes and goes with an alert, so parts are looked up when they are written.
  part(name) {
    return this.element.querySelector(`[data-part="${name}"]`);
  }

  apply(panel, now) {
    this.now = now;
    this.received = performance.now();
    if (panel.reset) this.columns.clear();
    this.columns.merge(panel.columns);
    if (!this.range) this.columns.prune(now - this.span);
    this.value = panel.value;
    this.time = panel.time;
    this.texts = panel.texts;
    this.write();
    this.schedule();
  }

  // Beyond a threshold drawn by hand the number takes its colour.
  setThresholds(list) {
    this.thresholds = list;
    this.write();
  }

  write() {
    const [number, unit, detail, over, kind] = this.texts;
    this.isState = kind === 'state';
    const now = this.now + (performance.now() - (this.received ?? performance.now()));
    const silent = now - this.time;
    // A state lasts until the next, however long ago it was told.
    const stale = !this.range && !this.isState && silent > Math.max(staleMs, Math.min(this.columns.gap(this.span / 100), 1e15));
    this.element.classList.toggle('stale', stale);
    const hit = this.thresholds.filter(t => (t.below ? this.value < t.value : this.value > t.value)).map(t => t.severity);
    this.element.dataset.state = ['crit', 'warn', 'ok', 'info'].find(severity => hit.includes(severity)) ?? '';
    set(this.part('number'), number);
    set(this.part('unit'), unit);
    const lasts = this.isState ? lasting(this.columns, this.time, this.range ? this.range[1] : now) : '';
    set(this.part('detail'), stale ? 'last' : this.isState ? 'for' : detail);
    set(this.part('over'), stale ? `${duration(silent)} ago` : this.isState ? lasts : over);
    this.draw();
  }

  // Another span, or a past stretch [from, to] in ms; null for what is live.
  setRange(span, range) {
    this.span = span;
    this.range = range;
    this.write();
  }

  schedule() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { if (!document.hidden) this.write(); this.schedule(); }, 5000);
  }

  draw() {
    const canvas = this.part('spark');
    if (!canvas) return;
    const { columns } = this;
    const [from, to] = this.range ?? [this.now - this.span, this.now];
    const alert = this.element.closest('[data-alert]')?.dataset.alert || this.element.dataset.state;
    drawSparkline(canvas, columns, from, to, {
      color: alert === 'crit' || alert === 'warn' ? `--${alert}` : '--chart-1', thresholds: this.thresholds, steps: this.isState,
    });
  }

  dispose() {
    clearTimeout(this.timer);
    this.sizes.disconnect();
    this.endTheme();
  }
}

// For how long the newest state has lasted, in words: since the column in which it came, or at least since the first that is known.
export function lasting(columns, time, until) {
  let at = columns.length - 1;
  if (at < 0) return Number.isFinite(time) ? `at least ${duration(until - time)}` : '';
  const value = columns.last[at];
  const holds = i => columns.min[i] === value && columns.max[i] === value;
  while (at > 0 && holds(at) && columns.last[at - 1] === value) at--;
  const known = at > 0 || !holds(at);
  return `${known ? '' : 'at least '}${duration(until - columns.start[at])}`;
}

export function set(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
