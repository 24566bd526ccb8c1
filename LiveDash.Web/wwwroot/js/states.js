import { Columns } from './columns.js';
import { clock, duration, format } from './format.js';
import { onTheme, rem, rgb, token } from './theme-colors.js';
import { timeTicks } from './time-axis.js';
import { ValuesTable } from './values-table.js';

// How many rows the table has at most.
const maxRows = 200;

const good = /^(ok|on|up|running|active|online|open|opened|healthy|ready|connected|normal|green|true|yes|passing|success|succeeded|idle)$/i;
const bad = /^(off|down|stopped|failed|failure|error|fault|offline|critical|crit|dead|unhealthy|disconnected|alarm|red|false|no|failing|tripped|crashed)$/i;
const between = /^(warn|warning|degraded|starting|stopping|restarting|pending|paused|waiting|unknown|unavailable|standby|yellow|orange|maintenance)$/i;

// A word has one colour everywhere: what it says where that is plain, else one of the palette by its letters. The word stands beside it, so no colour is alone.
export function stateColor(word) {
  if (good.test(word)) return '--ok';
  if (bad.test(word)) return '--crit';
  if (between.test(word)) return '--warn';
  let hash = 0;
  for (const letter of word) hash = (hash * 31 + letter.codePointAt(0)) >>> 0;
  return `--chart-${hash % 8 + 1}`;
}

// The stretches of one line within a range, [{ from, to, value }]: a state lasts until the next, and where a column saw several its first and last stand half of it each.
export function stretches(columns, before, width, from, to) {
  const found = [];
  const add = (at, value) => {
    const last = found.at(-1);
    if (last?.value === value) return;
    if (last) last.to = at;
    if (last && last.to <= last.from) found.pop();
    found.push({ from: at, to, value });
  };
  const first = columns.find(from);
  const carried = first > 0 ? [columns.last[first - 1], columns.start[first - 1]] : before;
  if (carried && carried[1] <= to) add(Math.max(from, carried[1]), carried[0]);
  for (let i = first; i < columns.length && columns.start[i] < to; i++) {
    add(columns.start[i], columns.first[i]);
    if (columns.last[i] !== columns.first[i]) add(columns.start[i] + width / 2, columns.last[i]);
  }
  return found;
}

// Strips of states over time, one a series, with the words on them, what is now beside them, and all of it as a table behind.
export class States {
  constructor(element, options, dotnet) {
    this.element = element;
    this.options = options;
    this.dotnet = dotnet;
    this.lines = [];
    this.from = -options.span;
    this.to = 0;
    this.width = options.span / options.columns;
    this.clockOffset = 0;
    if (options.paused) this.frozen = Date.now();
    this.rows = document.createElement('div');
    this.rows.className = 'state-rows';
    this.rows.setAttribute('role', 'group');
    this.rows.setAttribute('aria-label', 'States over time');
    this.axis = document.createElement('canvas');
    this.axis.className = 'state-axis';
    // In the column of the strips, so that times stand under them.
    this.foot = document.createElement('div');
    this.foot.className = 'state-row state-foot';
    this.foot.append(this.axis);
    this.tip = document.createElement('div');
    this.tip.className = 'state-tip';
    this.tip.hidden = true;
    element.append(this.rows, this.tip);
    this.values = new ValuesTable(element, 'States as a table', 'Back to the strips', () => this.table());
    element.addEventListener('pointermove', event => this.point(event));
    element.addEventListener('pointerleave', () => { this.tip.hidden = true; });
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(element);
    this.endTheme = onTheme(() => this.draw());
  }

  get now() {
    return Date.now() + this.clockOffset;
  }

  // A past range that ends beyond the clock has no states there.
  get range() {
    if (this.to !== 0) return [this.from, this.to];
    const end = this.frozen ?? this.now;
    return [end + this.from, end];
  }

  apply(panel, now) {
    this.clockOffset = now - Date.now();
    [this.from, this.to, this.width] = [panel.from, panel.to, panel.width];
    if (panel.reset) this.begin(panel);
    for (const set of panel.sets) this.lines[set.slot]?.columns.merge(set);
    // What scrolls out leaves the state it ended with.
    if (panel.to === 0) {
      for (const line of this.lines) {
        const { columns } = line;
        const gone = columns.find(now + panel.from - 2 * this.width);
        if (gone < 64) continue;
        line.before = [columns.last[gone - 1], columns.start[gone - 1]];
        columns.prune(now + panel.from - 2 * this.width);
      }
    }
    if (this.frozen === undefined || panel.reset) this.draw();
    this.schedule();
  }

  begin(panel) {
    const same = this.lines.map(line => line.label).join('\n') === panel.names.labels.join('\n');
    this.lines = panel.names.labels.map((label, i) => ({ label, columns: new Columns(), ...panel.states[i], parts: same ? this.lines[i].parts : undefined }));
    if (!same) {
      this.rows.replaceChildren(...this.lines.map(line => {
        const row = document.createElement('div');
        row.className = 'state-row';
        const name = document.createElement('span');
        name.className = 'state-name truncate';
        name.textContent = name.title = line.label;
        const strip = document.createElement('canvas');
        strip.className = 'state-strip';
        const at = document.createElement('span');
        at.className = 'state-now truncate';
        row.append(name, strip, at);
        line.parts = { strip, at };
        return row;
      }), this.foot);
      this.reach();
    }
    this.element.dataset.lines = this.lines.length;
    this.element.dataset.more = panel.more;
  }

  // What has to be scrolled is reached by the keyboard too.
  reach() {
    if (this.rows.scrollHeight > this.rows.clientHeight) this.rows.tabIndex = 0;
    else this.rows.removeAttribute('tabindex');
  }

  word(line, value) {
    return line.words[value] ?? format(value, 'number');
  }

  stretchesOf(line) {
    const [from, to] = this.range;
    return stretches(line.columns, line.before, this.width, from, Math.min(to, this.now));
  }

  pause(paused) {
    this.frozen = paused ? this.now : undefined;
    this.draw();
    this.schedule();
  }

  // A live strip grows although nothing arrives.
  schedule() {
    clearTimeout(this.timer);
    if (this.to !== 0 || this.frozen !== undefined) return;
    this.timer = setTimeout(() => {
      if (!document.hidden) this.draw();
      this.schedule();
    }, Math.min(1000, Math.max(200, this.width)));
  }

  draw() {
    const [from, to] = this.range;
    let any = false;
    for (const line of this.lines) {
      const found = this.stretchesOf(line);
      any ||= found.length > 0;
      const last = found.at(-1);
      const { strip, at } = line.parts;
      at.textContent = last ? this.word(line, last.value) : 'no data';
      at.style.color = last ? '' : token('--ink-3');
      this.paint(strip, line, found, from, to);
    }
    this.paintAxis(from, to);
    if (any || this.lines.length === 0) delete this.element.dataset.empty;
    else this.element.dataset.empty = 'No states in this range';
    this.values.update();
  }

  // The canvas in device pixels, cleared; null where it has no size.
  surface(canvas) {
    const { clientWidth: width, clientHeight: height } = canvas;
    if (width === 0 || height === 0) return null;
    const pr = devicePixelRatio;
    if (canvas.width !== Math.round(width * pr)) canvas.width = Math.round(width * pr);
    if (canvas.height !== Math.round(height * pr)) canvas.height = Math.round(height * pr);
    const ctx = canvas.getContext('2d');
    ctx.setTransform(pr, 0, 0, pr, 0, 0);
    ctx.clearRect(0, 0, width, height);
    ctx.font = `500 ${11 * rem()}px ${getComputedStyle(document.body).fontFamily}`;
    return { ctx, width, height };
  }

  paint(canvas, line, found, from, to) {
    const surface = this.surface(canvas);
    if (!surface) return;
    const { ctx, width, height } = surface;
    ctx.fillStyle = token('--chart-grid');
    ctx.fillRect(0, height / 2 - 0.5, width, 1);
    const x = time => (time - from) / (to - from) * width;
    ctx.textBaseline = 'middle';
    for (const { from: start, to: end, value } of found) {
      const word = this.word(line, value);
      const color = token(stateColor(word));
      const [left, right] = [x(start), Math.max(x(start) + 1, x(end))];
      ctx.fillStyle = color;
      ctx.fillRect(left, 0, Math.max(1, right - left - (right - left > 4 ? 1 : 0)), height);
      if (ctx.measureText(word).width > right - left - 10) continue;
      const [r, g, b] = rgb(color);
      ctx.fillStyle = 0.2126 * r + 0.7152 * g + 0.0722 * b > 118 ? '#10151c' : '#ffffff';
      ctx.fillText(word, left + 5, height / 2 + 0.5);
    }
  }

  paintAxis(from, to) {
    const surface = this.surface(this.axis);
    if (!surface) return;
    const { ctx, width, height } = surface;
    const { ticks, step } = timeTicks(from, to, width / (70 * rem()));
    ctx.fillStyle = token('--chart-axis');
    ctx.font = `${11 * rem()}px ${getComputedStyle(document.body).fontFamily}`;
    ctx.textBaseline = 'middle';
    for (const tick of ticks) {
      const text = clock(tick, step);
      const half = ctx.measureText(text).width / 2;
      const at = (tick - from) / (to - from) * width;
      if (at - half >= 0 && at + half <= width) ctx.fillText(text, at - half, height / 2);
    }
  }

  point(event) {
    const line = this.lines.find(({ parts }) => parts.strip === event.target);
    const [from, to] = this.range;
    const box = event.target.getBoundingClientRect();
    const time = from + (event.clientX - box.left) / box.width * (to - from);
    const hit = line && this.stretchesOf(line).find(one => one.from <= time && time < one.to);
    this.tip.hidden = !hit;
    if (!hit) return;
    this.tip.textContent = `${this.word(line, hit.value)}, ${clock(hit.from, 1000)} to ${clock(hit.to, 1000)}, ${duration(hit.to - hit.from)}`;
    const own = this.element.getBoundingClientRect();
    this.tip.style.left = `${Math.max(0, Math.min(event.clientX - own.left + 10, own.width - this.tip.offsetWidth))}px`;
    this.tip.style.top = `${box.bottom - own.top + 2}px`;
  }

  toggleValues() {
    this.values.toggle();
  }

  // Newest first.
  table() {
    const rows = this.lines.flatMap(line => this.stretchesOf(line).map(one => ({ ...one, label: line.label, word: this.word(line, one.value) })));
    rows.sort((a, b) => b.from - a.from);
    return { head: ['Series', 'State', 'From', 'For'], rows: rows.slice(0, maxRows).map(({ label, word, from, to }) => [label, word, clock(from, 1000), duration(to - from)]) };
  }

  resize() {
    this.draw();
    this.reach();
    const width = Math.round(this.element.clientWidth);
    if (width === 0 || Math.abs(width - this.options.columns) <= 0.25 * this.options.columns) return;
    clearTimeout(this.resizing);
    this.resizing = setTimeout(() => {
      this.options.columns = width;
      this.dotnet.invokeMethodAsync('Resized', width).catch(() => {});
    }, 300);
  }

  dispose() {
    clearTimeout(this.timer);
    clearTimeout(this.resizing);
    this.sizes.disconnect();
    this.endTheme();
    this.values.dispose();
    this.element.replaceChildren();
  }
}
