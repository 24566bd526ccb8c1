import { counted } from './format.js';
import { cellOf } from './grid-cells.js';
import { set } from './stat.js';
import { ValuesTable } from './values-table.js';
import { colorAt, mix, onTheme, parsed, rgb, stopsOf, token } from './theme-colors.js';

const fadeMs = 1500;
const kept = 131072;
// How many cells the table has at most: those with most points.
const maxRows = 200;

// Located points on a grid of cells: the more points a cell has had, the stronger its colour, and each point lights its cell as it arrives.
export class PointGrid {
  constructor(element, options) {
    this.canvas = element.querySelector('canvas');
    this.caption = element.querySelector('[data-part="caption"]');
    this.w = options.width;
    this.h = options.height;
    this.fixed = options.bounds !== null;
    this.bounds = options.bounds ?? [0, 0, this.w, this.h];
    // A colour scale, or null for the theme's own.
    this.stops = options.stops ?? null;
    this.still = matchMedia('(prefers-reduced-motion: reduce)');
    this.reset();
    this.values = new ValuesTable(this.canvas.parentElement, 'Points by cell', 'Back to the grid', () => this.table());
    this.sizes = new ResizeObserver(() => this.drawAll());
    this.sizes.observe(this.canvas);
    this.endTheme = onTheme(() => { this.colors = null; this.drawAll(); });
  }

  reset() {
    this.x = new Float64Array(kept);
    this.y = new Float64Array(kept);
    this.total = 0;
    this.seen = 0;
    this.counts = new Uint32Array(this.w * this.h);
    this.most = 1;
    this.lit = new Map();
  }

  apply(panel) {
    if (panel.reset) this.reset();
    const grew = this.take(panel.oldX, panel.oldY, false) | this.take(panel.freshX, panel.freshY, true);
    this.seen = this.total + panel.lost;
    this.canvas.dataset.points = this.total;
    const last = panel.freshX.length ? [panel.freshX.at(-1), panel.freshY.at(-1)] : panel.oldX.length ? [panel.oldX.at(-1), panel.oldY.at(-1)] : null;
    if (last) this.last = last.map(v => Number(v.toPrecision(6))).join(', ');
    set(this.caption, this.total ? `${counted(this.seen, 'point')} · last at (${this.last})` : 'No located points yet');
    if (grew || panel.reset || panel.oldX.length) this.drawAll();
    this.animate();
  }

  // True when all must be drawn anew because the bounds grew.
  take(xs, ys, light) {
    const grew = this.fit(xs, ys);
    const now = performance.now();
    for (let i = 0; i < xs.length; i++) {
      this.x[this.total % kept] = xs[i];
      this.y[this.total % kept] = ys[i];
      this.total++;
      const cell = this.cell(xs[i], ys[i]);
      if (cell < 0) continue;
      this.most = Math.max(this.most, ++this.counts[cell]);
      if (light) this.lit.set(cell, now);
    }
    return grew;
  }

  cell(x, y) {
    const [minX, minY, maxX, maxY] = this.bounds;
    const column = cellOf(x, minX, maxX, this.w);
    const row = cellOf(y, minY, maxY, this.h);
    return column < 0 || row < 0 ? -1 : row * this.w + column;
  }

  // Without bounds of its own the grid has a cell a unit, and when a point falls outside it takes in all points there are.
  fit(xs, ys) {
    if (this.fixed) return false;
    let [minX, minY, maxX, maxY] = this.bounds;
    for (let i = 0; i < xs.length; i++) {
      if (xs[i] < minX) minX = xs[i];
      if (xs[i] > maxX) maxX = xs[i];
      if (ys[i] < minY) minY = ys[i];
      if (ys[i] > maxY) maxY = ys[i];
    }
    const old = this.bounds;
    if (minX === old[0] && minY === old[1] && maxX === old[2] && maxY === old[3]) return false;
    // The first points decide alone; later ones widen by a tenth more than needed, so that a wandering source does not redraw all each time.
    const have = Math.min(this.total, kept);
    if (have === 0) {
      [minX, minY, maxX, maxY] = [Math.min(...spread(xs)), Math.min(...spread(ys)), Math.max(...spread(xs)), Math.max(...spread(ys))];
      if (maxX <= minX) maxX = minX + 1;
      if (maxY <= minY) maxY = minY + 1;
    } else {
      const [growX, growY] = [(maxX - minX) * 0.1, (maxY - minY) * 0.1];
      if (minX < old[0]) minX -= growX;
      if (maxX > old[2]) maxX += growX;
      if (minY < old[1]) minY -= growY;
      if (maxY > old[3]) maxY += growY;
    }
    this.bounds = [minX, minY, maxX, maxY];
    this.counts.fill(0);
    this.lit.clear();
    this.most = 1;
    for (let i = 0; i < have; i++) {
      const cell = this.cell(this.x[i], this.y[i]);
      if (cell >= 0) this.most = Math.max(this.most, ++this.counts[cell]);
    }
    return true;
  }

  toggleValues() {
    this.values.toggle();
  }

  // Where a cell begins and ends: [least x, greatest x, least y, greatest y].
  place(cell) {
    const [minX, minY, maxX, maxY] = this.bounds;
    const [wide, high] = [(maxX - minX) / this.w, (maxY - minY) / this.h];
    const [column, row] = [cell % this.w, Math.floor(cell / this.w)];
    return [minX + column * wide, minX + (column + 1) * wide, minY + row * high, minY + (row + 1) * high];
  }

  // Cells by their points, the fullest first.
  table() {
    const cells = [];
    for (let cell = 0; cell < this.counts.length; cell++) if (this.counts[cell] > 0) cells.push(cell);
    cells.sort((a, b) => this.counts[b] - this.counts[a] || a - b);
    return { head: ['x', 'y', ...this.columns.map(([name]) => name)], rows: cells.slice(0, maxRows).map(cell => this.row(cell)), numbers: 2 };
  }

  // What the table says of a cell: names and texts.
  get columns() {
    return [['Points', cell => this.counts[cell].toLocaleString('en')]];
  }

  row(cell) {
    const [x0, x1, y0, y1] = this.place(cell).map(short);
    return [`${x0} to ${x1}`, `${y0} to ${y1}`, ...this.columns.map(([, text]) => text(cell))];
  }

  animate() {
    this.values.update();
    if (this.frame || this.lit.size === 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      const now = performance.now();
      const g = this.context();
      if (!g) return;
      for (const [cell, since] of this.lit) {
        const light = this.still.matches ? 0 : Math.max(0, 1 - (now - since) / fadeMs);
        this.paint(g, cell, light);
        if (light === 0) this.lit.delete(cell);
      }
      this.canvas.dataset.lit = this.lit.size;
      this.animate();
    });
  }

  context() {
    const scale = devicePixelRatio || 1;
    const width = Math.round(this.canvas.clientWidth * scale);
    const height = Math.round(this.canvas.clientHeight * scale);
    if (!width || !height) return null;
    if (this.canvas.width !== width || this.canvas.height !== height) [this.canvas.width, this.canvas.height] = [width, height];
    this.colors ??= { empty: rgb(token('--heat-0')), stops: parsed(stopsOf(this.stops)), light: rgb(token('--chart-2')) };
    return this.canvas.getContext('2d');
  }

  drawAll() {
    const g = this.context();
    if (!g) return;
    g.clearRect(0, 0, this.canvas.width, this.canvas.height);
    for (let cell = 0; cell < this.counts.length; cell++) this.paint(g, cell, 0);
  }

  // How strong a cell's colour is, 0 to 1: counts spread over powers.
  share(cell) {
    return Math.log(this.counts[cell]) / Math.max(1, Math.log(this.most));
  }

  paint(g, cell, light) {
    const [cw, ch] = [this.canvas.width / this.w, this.canvas.height / this.h];
    const column = cell % this.w;
    const row = this.h - 1 - Math.floor(cell / this.w);
    const gap = Math.min(cw, ch) > 5 ? 1 : 0;
    const left = Math.round(column * cw);
    const top = Math.round(row * ch);
    const { empty, stops, light: lamp } = this.colors;
    const [r, gr, b] = mix(this.counts[cell] === 0 ? empty : colorAt(stops, this.share(cell)), lamp, light);
    g.fillStyle = `rgb(${r} ${gr} ${b})`;
    g.fillRect(left, top, Math.round((column + 1) * cw) - left - gap, Math.round((row + 1) * ch) - top - gap);
  }

  dispose() {
    cancelAnimationFrame(this.frame);
    this.sizes.disconnect();
    this.endTheme();
    this.values.dispose();
  }
}

export const short = value => Number(value.toPrecision(5));

// Spreading a very long array overflows the stack; the extremes of its parts do as well.
function spread(values) {
  if (values.length <= 4096) return values;
  const found = [];
  for (let i = 0; i < values.length; i += 4096) {
    const part = values.subarray(i, i + 4096);
    found.push(Math.min(...part), Math.max(...part));
  }
  return found;
}
