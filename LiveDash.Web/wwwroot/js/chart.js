import { Columns } from './columns.js';
import { clock, format } from './format.js';
import { Marks } from './marks.js';
import { fade, lineColor, onTheme, token } from './theme-colors.js';
import { timeTicks } from './time-axis.js';

/* global uPlot */

// Steps of a bytes axis: 16 MiB, not 15.3 MiB.
const powersOfTwo = Array.from({ length: 61 }, (_, power) => 2 ** power);

// A live or past chart of lines. The server sends at most a column a pixel; a live chart scrolls by the server's clock.
export class Chart {
  constructor(element, options, dotnet) {
    this.element = element;
    this.options = options;
    this.dotnet = dotnet;
    this.lines = [];
    this.labels = [];
    this.marks = new Marks();
    this.from = -options.span;
    this.to = 0;
    this.width = options.span / options.columns;
    this.clockOffset = 0;
    this.paused = options.paused;
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(element);
    this.endTheme = onTheme(() => this.rebuild());
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

  apply(panel, now) {
    this.clockOffset = now - Date.now();
    this.from = panel.from;
    this.to = panel.to;
    this.width = panel.width;
    if (panel.reset) {
      this.labels = panel.labels;
      this.lines = this.labels.map(() => new Columns());
      this.zoom = null;
    }
    for (const set of panel.sets) this.lines[set.slot]?.merge(set);
    if (panel.to === 0 && this.frozen === undefined && !this.zoom) for (const line of this.lines) line.prune(now + panel.from - 2 * this.width);
    this.element.dataset.lines = this.lines.length;
    this.element.dataset.columns = this.lines.reduce((sum, line) => sum + line.length, 0);
    if (panel.reset || !this.plot) this.rebuild();
    else if (!this.still) this.draw();
    this.schedule();
  }

  // While paused or zoomed in, points are taken in but the picture stands still.
  get still() {
    return this.frozen !== undefined || !!this.zoom;
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
    if (this.to !== 0 || this.still || !this.plot) return;
    this.timer = setTimeout(() => {
      if (!document.hidden) this.draw();
      this.schedule();
    }, Math.min(1000, Math.max(200, this.width)));
  }

  // The episodes to mark, and which of them to shade.
  mark(list, shaded) {
    this.marks.set(list, shaded);
    if (this.plot) this.draw();
  }

  draw() {
    this.plot?.setData(this.data(), false);
    this.frame();
  }

  // Shows the stretch of time that is due, and says so where nothing stands in it.
  frame() {
    const [min, max] = this.range;
    this.plot?.setScale('x', { min, max });
    const full = this.lines.some(line => line.within(min - this.width, max));
    const told = this.to === 0 && !this.zoom ? `No points in the last ${format((max - min) / 1000, 'seconds')}` : 'No points in this range';
    if (full) delete this.element.dataset.empty;
    else if (this.element.dataset.empty !== told) this.element.dataset.empty = told;
  }

  data() {
    const lines = this.lines.map(line => line.toLine(this.width));
    if (lines.length === 0) return [[], []];
    return lines.length === 1 ? lines[0] : uPlot.join(lines);
  }

  resize() {
    if (!this.plot) return;
    const { clientWidth: width } = this.element;
    if (width === 0) return;
    this.plot.setSize({ width, height: this.plotHeight() });
    // Finer or coarser columns only where it is worth a new look at the store.
    if (Math.abs(width - this.options.columns) > 0.25 * this.options.columns) {
      clearTimeout(this.resizing);
      this.resizing = setTimeout(() => {
        this.options.columns = width;
        this.dotnet.invokeMethodAsync('Resized', width).catch(() => {});
      }, 300);
    }
  }

  // uPlot's size is that of the drawing; the legend below it takes its own.
  plotHeight() {
    const legend = this.element.querySelector('.u-legend');
    return Math.max(80, this.element.clientHeight - (legend?.offsetHeight ?? 0));
  }

  rebuild() {
    this.plot?.destroy();
    this.plot = null;
    if (this.element.clientWidth === 0) return;
    this.plot = new uPlot(this.settings(), this.data(), this.element);
    this.plot.setSize({ width: this.element.clientWidth, height: this.plotHeight() });
    this.frame();
    this.plot.over.addEventListener('dblclick', () => this.resetZoom());
  }

  settings() {
    const { unit, label } = this.options;
    const axis = {
      stroke: token('--chart-axis'), font: `12px ${getComputedStyle(document.body).fontFamily}`,
      grid: { stroke: token('--chart-grid'), width: 1 }, ticks: { show: false },
    };
    return {
      width: this.element.clientWidth,
      height: this.plotHeight(),
      ms: 1,
      // Half of a time label stands beyond the last column.
      padding: [8, 20, 0, 0],
      legend: { show: this.labels.length > 0 },
      cursor: {
        // The crosshair is shared; what one chart's zoom does is its own.
        sync: { key: 'livedash', filters: { pub: type => type === 'mousemove' || type === 'mouseleave' } },
        drag: { x: true, y: false, setScale: false },
        points: { size: 7 },
      },
      scales: { x: { time: true }, y: { range: (u, min, max) => this.yRange(min, max) } },
      axes: [
        { ...axis, size: 30, splits: (u, index, min, max) => this.timeSplits(u, min, max), values: (u, splits) => splits.map(v => clock(v, this.step)) },
        {
          ...axis, space: 36, gap: 6, incrs: unit.startsWith('bytes') ? powersOfTwo : undefined,
          values: (u, splits) => splits.map(v => format(v, unit)),
          size: (u, values) => 14 + 6.6 * Math.max(4, ...(values ?? []).map(v => v.length)),
        },
      ],
      series: [
        { label: 'Time', value: (u, v) => v == null ? '' : clock(v, 1) },
        ...this.labels.map((name, i) => ({
          label: label || name, stroke: lineColor(i), width: 1.5,
          fill: this.labels.length === 1 ? fade(lineColor(i), 0.1) : undefined,
          points: { show: false },
          value: (u, v) => v == null ? '' : format(v, unit),
        })),
        ...(this.labels.length === 0 ? [{ label: '' }] : []),
      ],
      hooks: { setSelect: [u => this.selected(u)], ...this.marks.hooks() },
    };
  }

  timeSplits(u, min, max) {
    const { ticks, step } = timeTicks(min, max, u.bbox.width / devicePixelRatio / 70);
    this.step = step;
    return ticks;
  }

  yRange(min, max) {
    if (min == null) return [0, this.options.unit === 'percent' ? 100 : 1];
    if (this.options.unit === 'percent' && min >= 0 && max <= 100) return [0, 100];
    if (min >= 0 && (min < 0.5 * max || /^(bytes|bits|perSecond)/.test(this.options.unit))) return [0, max === 0 ? 1 : max * 1.08];
    const pad = (max - min || Math.abs(max) || 1) * 0.08;
    return [min - pad, max + pad];
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

  dispose() {
    clearTimeout(this.timer);
    clearTimeout(this.resizing);
    this.sizes.disconnect();
    this.endTheme();
    this.plot?.destroy();
  }
}
