import { counted, format } from './format.js';
import { PointGrid, short } from './grid.js';
import { PointReader } from './point-reader.js';
import { set } from './stat.js';
import { onTheme, rgb, stopsOf, token } from './theme-colors.js';

const pollMs = 500;
// So many points may wait to be drawn before the page stops asking for more.
const lateMost = 1_000_000;
// So many drawn points the page keeps, to count them anew when the grid grows; it has twice as many at most.
const keptMost = 1_000_000;

// The grid of the dashboard's panel, with the mean value of each cell beside its count.
class ValueGrid extends PointGrid {
  constructor(element, options) {
    super(element, options);
    this.byValue = options.byValue;
  }

  reset() {
    super.reset();
    this.sums = new Float64Array(this.w * this.h);
    this.last = new Map();
    this.low = Infinity;
    this.high = -Infinity;
  }

  // Draws the points from one place to another; where they widened the grid, all are counted anew, since the page has them all.
  land(columns, from, to, light) {
    const { x, y, values } = columns;
    const grew = this.take(x.subarray(from, to), y.subarray(from, to), light);
    if (grew) this.clear();
    for (let i = grew ? 0 : from; i < to; i++) {
      if (grew) this.count(this.cell(x[i], y[i]));
      this.sum(x[i], y[i], values[i]);
    }
    this.canvas.dataset.points = this.total;
    if (grew || !light || (this.byValue && this.wider)) this.drawAll();
    this.wider = false;
    this.animate();
  }

  clear() {
    this.counts.fill(0);
    this.sums.fill(0);
    this.last.clear();
    this.most = 1;
    [this.low, this.high] = [Infinity, -Infinity];
  }

  count(cell) {
    if (cell >= 0) this.most = Math.max(this.most, ++this.counts[cell]);
  }

  sum(x, y, value) {
    const cell = this.cell(x, y);
    if (cell < 0) return;
    this.last.set(cell, [x, y, value]);
    // Lines of /get_points tell no values.
    if (Number.isNaN(value)) return;
    this.sums[cell] += value;
    const mean = this.sums[cell] / this.counts[cell];
    if (mean < this.low) [this.low, this.wider] = [mean, true];
    if (mean > this.high) [this.high, this.wider] = [mean, true];
  }

  share(cell) {
    if (!this.byValue) return super.share(cell);
    return this.high > this.low ? (this.sums[cell] / this.counts[cell] - this.low) / (this.high - this.low) : 1;
  }

  // What the ends of the colour scale mean: [least, greatest].
  get ends() {
    if (!this.byValue) return [1, this.most];
    return this.low <= this.high ? [this.low, this.high] : [NaN, NaN];
  }

  get columns() {
    return [...super.columns, ['Mean', cell => (this.last.has(cell) && !Number.isNaN(this.last.get(cell)[2]) ? format(this.sums[cell] / this.counts[cell]) : '')]];
  }

  say(cell) {
    const [x0, x1, y0, y1] = this.place(cell).map(short);
    const place = `x ${x0} to ${x1}, y ${y0} to ${y1}`;
    if (this.counts[cell] === 0) return `No point yet at ${place}`;
    const last = this.last.get(cell);
    const count = `${this.counts[cell].toLocaleString('en')} point${this.counts[cell] === 1 ? '' : 's'} at ${place}`;
    if (!last) return count;
    const newest = `${count} · newest (${short(last[0])}, ${short(last[1])})`;
    return Number.isNaN(last[2]) ? newest : `${newest} = ${short(last[2])} · mean ${short(this.sums[cell] / this.counts[cell])}`;
  }
}

// The grid page: points land one by one at the chosen speed as their stream arrives, and new ones after it as they come.
export class GridPage {
  constructor(element) {
    this.element = element;
    this.parts = Object.fromEntries([...element.querySelectorAll('[data-part]')].map(part => [part.dataset.part, part]));
    this.parts.pause.addEventListener('click', () => this.hold(!this.held));
    this.parts.speed.addEventListener('change', () => { this.speed = this.readSpeed(); });
    const canvas = element.querySelector('canvas');
    canvas.addEventListener('pointermove', event => this.point(event));
    canvas.addEventListener('pointerleave', () => this.choose(-1));
    canvas.addEventListener('keydown', event => this.key(event));
    this.canvas = canvas;
    this.speed = this.readSpeed();
    this.endTheme = onTheme(() => { if (this.grid) this.legend(); });
  }

  readSpeed() {
    return Number(this.parts.speed.value) || Infinity;
  }

  // first: where the stored points come from. next: where those come from that arrive later, but for the id they arrive after.
  // stops: a colour scale, or null for the theme's own. label: what the colours mean.
  start({ first, next, width, height, bounds, byValue, stops, label }) {
    this.end();
    this.run = {};
    this.next = next;
    this.canvas.style.aspectRatio = `${width} / ${height}`;
    this.grid = new ValueGrid(this.element, { width, height, bounds, byValue, stops });
    this.grid.drawAll();
    set(this.parts.label, label);
    this.legend();
    // landed: all that were drawn; seen: how many of those the page still has.
    [this.landed, this.seen, this.looked, this.greatest] = [0, 0, 0, 0];
    this.credit = 0;
    this.chosen = -1;
    this.hold(false);
    this.reader = new PointReader(first);
    this.columns = this.reader.columns;
    this.state('reading');
    this.follow(this.run);
    this.tick = performance.now();
    this.frame = requestAnimationFrame(now => this.step(now));
  }

  // Reads what is stored, then asks again and again for what has arrived after it, by the greatest id and so whatever its time, while the page is seen.
  async follow(run) {
    let state = await this.reader.run();
    while (run === this.run) {
      this.state(state === 'done' && this.next ? 'live' : state);
      this.message(state === 'done' ? '' : this.reader.error ?? '');
      if (state === 'done' && !this.next) return;
      await new Promise(done => { this.timer = setTimeout(done, pollMs); });
      if (run !== this.run || document.hidden || this.columns.length - this.seen > lateMost) continue;
      // What is stored is read to its end first: behind a gap the greatest id says nothing.
      if (state === 'done') this.reader = new PointReader(`${this.next}&arrivedAfter=${this.newest()}`, { columns: this.columns });
      state = await this.reader.run();
    }
  }

  newest() {
    const { ids, length } = this.columns;
    for (; this.looked < length; this.looked++) this.greatest = Math.max(this.greatest, ids[this.looked]);
    return this.greatest;
  }

  // The oldest go when the page has followed for long; their cells keep their counts until a point outside widens the grid.
  forget() {
    if (this.seen < 2 * keptMost) return;
    this.newest();
    this.columns.drop(keptMost);
    this.seen -= keptMost;
    this.looked -= keptMost;
  }

  // One picture: as many points as the speed has earned since the last one.
  step(now) {
    this.frame = requestAnimationFrame(next => this.step(next));
    const passed = Math.min(250, now - this.tick);
    this.tick = now;
    const waiting = this.columns.length - this.seen;
    if (this.held || waiting === 0) return;
    this.credit = Math.min(waiting, this.credit + (this.speed === Infinity ? waiting : this.speed * passed / 1000));
    const count = Math.floor(this.credit);
    if (count === 0) return;
    this.credit -= count;
    // A flood lights nothing: where all glows, nothing is said.
    this.grid.land(this.columns, this.seen, this.seen + count, count < 2000);
    this.seen += count;
    this.landed += count;
    this.forget();
    this.tell();
  }

  tell() {
    const waiting = this.columns.length - this.seen;
    set(this.parts.count, `${counted(this.landed, 'point')} on the grid${waiting ? ` · ${waiting.toLocaleString('en')} more ${waiting === 1 ? 'waits' : 'wait'}` : ''}`);
    this.element.dataset.landed = this.landed;
    this.legend();
    if (this.chosen >= 0) this.choose(this.chosen);
  }

  legend() {
    const stops = stopsOf(this.grid.stops);
    const background = `linear-gradient(to right, ${stops.join(', ')})`;
    if (this.background !== background) this.parts.bar.style.background = this.background = background;
    const [low, high] = this.grid.ends;
    set(this.parts.low, Number.isNaN(low) ? '–' : format(low));
    set(this.parts.high, Number.isNaN(high) ? '–' : format(high));
  }

  // Another colour scale, without beginning anew.
  color(stops) {
    if (!this.grid) return;
    this.grid.stops = stops;
    this.grid.colors = null;
    this.grid.drawAll();
    this.legend();
  }

  hold(held) {
    this.held = held;
    set(this.parts.pause, held ? 'Go on' : 'Pause');
  }

  state(state) {
    this.element.dataset.state = state;
    set(this.parts.live, { reading: 'Streaming what is stored', done: 'All is read', live: 'Live: new points light up', failed: 'Connection lost' }[state] ?? '');
    this.parts.live.className = `badge ${state === 'failed' ? 'crit' : state === 'live' ? 'ok' : 'info'}`;
  }

  message(text) {
    set(this.parts.message, text);
  }

  point(event) {
    if (!this.grid) return;
    const frame = this.canvas.getBoundingClientRect();
    const column = Math.floor((event.clientX - frame.left) / frame.width * this.grid.w);
    const row = this.grid.h - 1 - Math.floor((event.clientY - frame.top) / frame.height * this.grid.h);
    this.choose(column >= 0 && column < this.grid.w && row >= 0 && row < this.grid.h ? row * this.grid.w + column : -1);
  }

  key(event) {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    if (!this.grid || !(event.key in moves)) return;
    event.preventDefault();
    const at = this.chosen < 0 ? Math.floor(this.grid.h / 2) * this.grid.w + Math.floor(this.grid.w / 2) : this.chosen;
    const [dx, dy] = moves[event.key];
    const column = Math.max(0, Math.min(this.grid.w - 1, at % this.grid.w + dx));
    const row = Math.max(0, Math.min(this.grid.h - 1, Math.floor(at / this.grid.w) + dy));
    this.choose(row * this.grid.w + column);
  }

  // Says what is in a cell and frames it; -1 for none.
  choose(cell) {
    if (this.chosen !== cell && this.chosen >= 0) this.grid.drawAll();
    this.chosen = cell;
    set(this.parts.cell, cell < 0 ? 'Point at a cell, or use the arrow keys, to see what is in it.' : this.grid.say(cell));
    if (cell < 0) return;
    const g = this.grid.context();
    if (!g) return;
    const [cw, ch] = [this.canvas.width / this.grid.w, this.canvas.height / this.grid.h];
    const [r, gr, b] = rgb(token('--ink'));
    g.strokeStyle = `rgb(${r} ${gr} ${b})`;
    g.lineWidth = 2;
    g.strokeRect(Math.round(cell % this.grid.w * cw), Math.round((this.grid.h - 1 - Math.floor(cell / this.grid.w)) * ch), Math.round(cw) - 1, Math.round(ch) - 1);
  }

  end() {
    this.run = null;
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
    this.reader?.cancel();
    this.grid?.dispose();
  }

  dispose() {
    this.endTheme();
    this.end();
  }
}

export const attach = element => new GridPage(element);
