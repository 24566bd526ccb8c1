import { ChartLegend } from './chart-legend.js';
import { own, paint, valuesOf, widthOf } from './chart-paint.js';
import { ChartTip } from './chart-tip.js';
import { tableOf } from './chart-values.js';
import { Columns } from './columns.js';
import { clock, duration, format, tickTexts } from './format.js';
import { Marks } from './marks.js';
import { onLook, rem, slotColor, token } from './theme-colors.js';
import { timeTicks } from './time-axis.js';
import { ValuesTable } from './values-table.js';

/* global uPlot */

// Steps of a bytes axis: 16 MiB, not 15.3 MiB.
const powersOfTwo = Array.from({ length: 61 }, (_, power) => 2 ** power);

// A live or past chart of lines. The server sends at most a column a pixel; a live chart scrolls by the server's clock. uPlot gives axes, scales, cursor and
// selection; the lines are painted from the columns as they are (chart-paint.js), so that nothing is copied for a frame.
export class Chart {
  constructor(element, options, dotnet) {
    this.element = element;
    this.options = { ...options, ...options.config };
    this.dotnet = dotnet;
    this.lines = [];
    this.names = { head: '', key: 'series', labels: [], series: [] };
    this.marks = new Marks();
    this.thresholds = [];
    this.from = -options.span;
    this.to = 0;
    this.width = options.span / options.columns;
    this.clockOffset = 0;
    this.paused = options.paused;
    this.box = document.createElement('div');
    this.box.className = 'chart-plot';
    this.element.append(this.box);
    // Asked by who draws the same picture.
    this.element.lineColors = () => Object.fromEntries(this.lines.map((line, i) => [this.names.series[i], line.slot]));
    this.legend = new ChartLegend(this);
    this.values = new ValuesTable(element, 'Values of the chart', 'Back to the chart', () => tableOf(this));
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(this.box);
    this.endLook = onLook(() => this.rebuild());
  }

  get now() {
    return Date.now() + this.clockOffset;
  }

  get range() {
    if (this.zoom) return this.zoom;
    if (this.to !== 0) return [this.from, this.to];
    const end = this.frozen ?? this.now;
    return [end + this.from, end];
  }

  // While paused or zoomed in, points are taken in but the picture stands still.
  get still() {
    return this.frozen !== undefined || !!this.zoom;
  }

  get isLive() {
    return this.to === 0 && !this.still;
  }

  apply(panel, now) {
    this.clockOffset = now - Date.now();
    this.from = panel.from;
    this.to = panel.to;
    this.width = panel.width;
    if (panel.reset) this.begin(panel);
    for (const set of panel.sets) this.lines[set.slot]?.columns.merge(set);
    if (panel.to === 0 && !this.still) for (const line of this.lines) line.columns.prune(now + panel.from - 2 * widthOf(this, line));
    this.element.dataset.lines = this.lines.length;
    this.element.dataset.columns = this.lines.reduce((sum, line) => sum + line.columns.length, 0);
    if (!this.plot) this.rebuild();
    else if (panel.reset || !this.still) this.draw();
    this.schedule();
  }

  begin(panel) {
    const same = this.names.series.join('\n') === panel.names.series.join('\n');
    this.names = panel.names;
    const used = new Map();
    this.lines = panel.colors.map((slot, i) => {
      // The colour of a series is the same everywhere; a second line of the same colour on one chart is dashed.
      const turn = used.get(slot) ?? 0;
      used.set(slot, turn + 1);
      return { columns: new Columns(), slot, turn, label: panel.names.labels[i], hidden: same && !!this.lines[i]?.hidden, ...(panel.rest[i] ? own(JSON.parse(panel.rest[i])) : null) };
    });
    this.zoom = null;
    this.legend.rebuild(panel.more);
    // What all lines share is said once, in the head of the panel.
    const head = this.element.closest('.dash-panel')?.querySelector('[data-part="shared"]');
    if (head) head.textContent = this.lines.length > 1 ? panel.names.head.split(', ').filter(part => part.includes('=')).join(', ') : '';
  }

  pause(paused) {
    this.paused = paused;
    this.frozen = paused ? this.now : undefined;
    if (!paused) this.draw();
    this.schedule();
  }

  // A live chart moves on although nothing arrives: once a pixel, five times a second at most.
  schedule() {
    clearTimeout(this.timer);
    if (!this.isLive || !this.plot) return;
    this.timer = setTimeout(() => {
      if (!document.hidden) this.draw();
      this.schedule();
    }, Math.min(1000, Math.max(200, this.width)));
  }

  // The episodes to mark, and which of them to shade; '*' shades all.
  mark(list, shaded) {
    this.marks.set(list, shaded);
    this.draw();
  }

  // Lines across the chart: { value, severity, text }.
  setThresholds(list) {
    this.thresholds = list;
    this.draw();
  }

  // The bands in which lines are expected: { series, width, times, low, high, strange }.
  async expect(list) {
    this.expected = list;
    // Few charts show them, so what paints them is no part of the first load.
    if (list.length > 0) this.bands ??= await import('./chart-expected.js');
    this.draw();
  }

  configure(options) {
    Object.assign(this.options, options);
    this.legend.rebuild(this.legend.more);
    this.rebuild();
  }

  show(line, shown) {
    line.hidden = !shown;
    this.draw();
  }

  draw() {
    if (!this.plot) return;
    const [min, max] = this.range;
    const end = this.to === 0 ? max : this.to;
    // Two points that are never painted: uPlot scales and draws its axes by them.
    this.plot.batch(() => {
      this.plot.setData([[min, max], [0, 0]], false);
      this.plot.setScale('x', { min, max });
    });
    const full = this.lines.some(line => line.columns.within(min - widthOf(this, line), max));
    const told = this.lines.length === 0 ? 'Nothing matches yet' : this.isLive ? `No points in the last ${duration(end - min)}` : 'No points in this range';
    if (full) delete this.element.dataset.empty;
    else if (this.element.dataset.empty !== told) this.element.dataset.empty = told;
    this.legend.update();
    this.tip?.update();
    this.values.update();
  }

  text(value) {
    return format(value, this.options.unit, this.options);
  }

  resize() {
    if (!this.plot) {
      if (this.element.dataset.lines) this.rebuild();
      return;
    }
    const { clientWidth: width, clientHeight: height } = this.box;
    if (width === 0 || height === 0) return;
    // On another screen letters have another size.
    if (this.scale !== rem()) this.rebuild();
    else this.plot.setSize({ width, height });
    // Finer or coarser columns only where it is worth a new look at the store.
    if (Math.abs(width - this.options.columns) > 0.25 * this.options.columns) {
      clearTimeout(this.resizing);
      this.resizing = setTimeout(() => {
        this.options.columns = width;
        this.dotnet.invokeMethodAsync('Resized', width).catch(() => {});
      }, 300);
    }
  }

  rebuild() {
    this.plot?.destroy();
    this.plot = null;
    if (this.box.clientWidth === 0 || this.box.clientHeight === 0) return;
    this.colors = [0, 1, 2, 3, 4, 5, 6, 7].map(slotColor);
    const [min, max] = this.range;
    this.plot = new uPlot(this.settings(), [[min, max], [0, 0]], this.box);
    this.tip = new ChartTip(this);
    this.draw();
    this.plot.over.addEventListener('dblclick', () => this.resetZoom());
  }

  settings() {
    const { unit } = this.options;
    const scale = this.scale = rem();
    const axis = {
      stroke: token('--chart-axis'), font: `${11 * scale}px ${getComputedStyle(document.body).fontFamily}`,
      grid: { stroke: token('--chart-grid'), width: 1 }, ticks: { show: false },
    };
    const marks = this.marks.hooks();
    return {
      width: this.box.clientWidth,
      height: this.box.clientHeight,
      ms: 1,
      // Half of a time label and the dot of the last point stand beyond the last column.
      padding: [8 * scale, 14 * scale, 0, 0],
      legend: { show: false },
      cursor: {
        // The crosshair is shared; what one chart's zoom does is its own.
        sync: { key: 'livedash', filters: { pub: type => type === 'mousemove' || type === 'mouseleave' } },
        drag: { x: true, y: false, setScale: false },
        y: false,
        points: { show: false },
      },
      scales: { x: { time: true }, y: { range: () => this.yRange() } },
      axes: [
        { ...axis, size: 22 * scale, gap: 6 * scale, splits: (u, index, min, max) => this.timeSplits(u, min, max, scale), values: (u, splits) => splits.map(v => clock(v, this.step)) },
        {
          ...axis, space: 34 * scale, gap: 8 * scale, incrs: unit.startsWith('bytes') ? powersOfTwo : undefined,
          values: (u, splits) => tickTexts(splits, unit, this.options.suffix),
          size: (u, values) => (12 + 6.1 * Math.max(3, ...(values ?? []).map(v => v.length))) * scale,
        },
      ],
      series: [{}, { paths: () => null, points: { show: false } }],
      hooks: {
        ...marks,
        draw: [u => paint(u, this), ...marks.draw],
        setSelect: [u => this.selected(u)],
        setCursor: [u => this.tip?.move(u)],
      },
    };
  }

  timeSplits(u, min, max, scale) {
    const { ticks, step } = timeTicks(min, max, u.bbox.width / devicePixelRatio / (70 * scale));
    this.step = step;
    return ticks;
  }

  // From what is seen, the borders a person set, and the thresholds that are near.
  yRange() {
    const { unit, min: least, max: most } = this.options;
    const [from, to] = this.range;
    let [min, max] = valuesOf(this, from, to);
    const [low, high] = this.bands?.expectedWithin(this, from, to) ?? [Infinity, -Infinity];
    if (min <= max && low <= high) [min, max] = [Math.min(min, low), Math.max(max, high)];
    if (min > max) [min, max] = [0, unit === 'percent' ? 100 : 1];
    // A spread that is no more than what doubles round to is none: an axis over it would have more ticks than memory.
    const spread = () => max - min > 1e-12 * Math.max(Math.abs(min), Math.abs(max)) ? max - min : Math.abs(max) || 1;
    const reach = spread() * 2;
    for (const { value } of this.thresholds) {
      if (value > max && value - max < reach) max = value;
      if (value < min && min - value < reach) min = value;
    }
    const pad = spread() * 0.08;
    let range = [min - pad, max + pad];
    if (unit === 'percent' && min >= 0 && max <= 100 && max > 50) range = [0, 100];
    else if (min >= 0 && (min <= 0.5 * max || this.options.style === 'area' || this.options.style === 'stacked' || /^(bytes|bits|perSecond)/.test(unit))) range = [0, max === 0 ? 1 : max + pad];
    if (least != null && least < range[1]) range[0] = least;
    if (most != null && most > range[0]) range[1] = most;
    return range;
  }

  selected(u) {
    const { left, width } = u.select;
    if (width < 4) return;
    const zoom = [u.posToVal(left, 'x'), u.posToVal(left + width, 'x')];
    u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.zoom = zoom;
    this.draw();
    this.dotnet.invokeMethodAsync('Zoomed', zoom[0], zoom[1]).catch(() => {});
  }

  resetZoom() {
    this.zoom = null;
    this.draw();
    this.schedule();
    this.dotnet.invokeMethodAsync('ZoomReset').catch(() => {});
  }

  // The values as a table, for keyboards and screen readers.
  toggleValues() {
    this.values.toggle();
  }

  dispose() {
    clearTimeout(this.timer);
    clearTimeout(this.resizing);
    this.sizes.disconnect();
    this.endLook();
    this.plot?.destroy();
    this.plot = null;
    this.values.dispose();
    this.element.replaceChildren();
  }
}
