import { Columns } from './columns.js';
import { clock, format, tickTexts } from './format.js';
import { Marks } from './marks.js';
import { fade, lineColor, onLook, rem, token } from './theme-colors.js';

/* global uPlot */

// The chart of a rule's preview: the figure judged, the series behind it, the episodes shaded, and the rule's borders as lines to drag.
export function attach(element, dotnet) {
  return new RuleChart(element, dotnet);
}

// The next of 1, 2, 5 times a power of ten.
function nice(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * [1, 2, 5, 10].find(n => n * power >= least * 0.999);
}

const round = (value, step) => Number((Math.round(value / step) * step).toPrecision(12));

class RuleChart {
  constructor(element, dotnet) {
    this.element = element;
    this.dotnet = dotnet;
    this.picture = null;
    this.borders = [];
    this.handles = new Map();
    this.marks = new Marks();
    this.sizes = new ResizeObserver(() => this.plot?.setSize(this.size()));
    this.sizes.observe(element);
    this.endLook = onLook(() => this.rebuild());
  }

  // What a preview found; null while there is nothing to show.
  show(picture) {
    this.picture = picture;
    this.marks.set(picture?.episodes ?? [], '*');
    this.rebuild();
  }

  // The rule's lines, which are known before the preview is.
  setBorders(borders) {
    this.borders = borders.map(border => (border.id === this.dragged ? { ...border, value: this.value(border.id) ?? border.value } : border));
    if (!this.dragged && this.plot) this.plot.redraw(false, true);
    else this.placeHandles();
  }

  value(id) {
    return this.borders.find(border => border.id === id)?.value;
  }

  size() {
    const legend = this.element.querySelector('.u-legend');
    return { width: this.element.clientWidth, height: Math.max(120, this.element.clientHeight - (legend?.offsetHeight ?? 0)) };
  }

  rebuild() {
    // The handle that has the focus keeps it: somebody may be moving it by the arrow keys.
    const focused = document.activeElement?.dataset?.border;
    this.plot?.destroy();
    this.plot = null;
    this.handles.clear();
    if (!this.picture || this.element.clientWidth === 0) return;
    const all = [...this.picture.raw.map(line => ({ ...line, raw: true })), ...this.picture.lines];
    const data = all.length === 0 ? [[], []] : uPlot.join([...all.map(line => this.toLine(line))]);
    this.plot = new uPlot(this.settings(all), data, this.element);
    // The legend has its true height once the plot has its width, which it gets in a microtask of its own.
    queueMicrotask(() => this.plot?.setSize(this.size()));
    this.placeHandles();
    this.element.dataset.lines = this.picture.lines.length;
    this.element.dataset.episodes = this.picture.episodes.length;
    if (focused) this.handles.get(focused)?.grip.focus({ preventScroll: true });
  }

  toLine({ index, first, min, max, last }) {
    const { from, width } = this.picture;
    const columns = new Columns();
    Object.assign(columns, { start: index.map(i => from + i * width), first, min, max, last });
    return columns.toLine(width);
  }

  settings(lines) {
    const { unit, from, to } = this.picture;
    const axis = {
      stroke: token('--chart-axis'), font: `${12 * rem()}px ${getComputedStyle(document.body).fontFamily}`,
      grid: { stroke: token('--chart-grid'), width: 1 }, ticks: { show: false },
    };
    let drawn = 0;
    const series = lines.map(line => {
      const color = lineColor(line.raw ? 0 : drawn++);
      return {
        label: line.label, class: line.raw ? 'raw' : 'judged', stroke: line.raw ? fade(token('--chart-8'), lines.length > 2 ? 0.28 : 0.45) : color, width: line.raw ? 1 : 1.75,
        points: { show: false }, value: (u, v) => v == null ? '' : format(v, unit), spanGaps: false,
      };
    });
    const hooks = this.marks.hooks();
    return {
      ...this.size(), ms: 1, padding: [10, 8, 0, 0], legend: { show: lines.length > 0 },
      cursor: { drag: { x: false, y: false }, points: { size: 7 } },
      scales: { x: { time: true, range: () => [from, to] }, y: { range: (u, min, max) => this.yRange(min, max) } },
      axes: [
        { ...axis, space: 70, size: 30, values: (u, splits, index, space, step) => splits.map(v => clock(v, step)) },
        { ...axis, space: 36, gap: 6, values: (u, splits) => tickTexts(splits, unit), size: (u, values) => 14 + 6.6 * Math.max(4, ...(values ?? []).map(v => v.length)) },
      ],
      series: [{ label: 'Time', value: (u, v) => v == null ? '' : clock(v, 1) }, ...series, ...(lines.length === 0 ? [{ label: '' }] : [])],
      hooks: { drawClear: hooks.drawClear, draw: [...hooks.draw, () => this.placeHandles()] },
    };
  }

  // The borders are always within sight. While one is dragged the axis stands still.
  yRange(min, max) {
    if (this.dragged && this.lastRange) return this.lastRange;
    const values = this.borders.map(border => border.value);
    let low = Math.min(min ?? Infinity, ...values);
    let high = Math.max(max ?? -Infinity, ...values);
    if (!Number.isFinite(low)) [low, high] = [0, 1];
    const pad = (high - low || Math.abs(high) || 1) * 0.1;
    const bottom = low >= 0 && low < 0.5 * high ? 0 : low - pad;
    return (this.lastRange = this.picture.unit === 'percent' && low >= 0 && high <= 100 ? [0, 100] : [bottom, high + pad]);
  }

  placeHandles() {
    if (!this.plot) return;
    for (const [id, { line }] of this.handles) {
      if (!this.borders.some(border => border.id === id)) {
        line.remove();
        this.handles.delete(id);
      }
    }
    for (const border of this.borders) this.placeHandle(border);
  }

  placeHandle(border) {
    const { unit } = this.picture;
    const { line, grip } = this.handles.get(border.id) ?? this.makeHandle(border.id);
    const { min, max } = this.plot.scales.y;
    line.className = `rule-line ${border.kind}${this.dragged === border.id ? ' dragged' : ''}`;
    line.style.top = `${this.plot.valToPos(border.value, 'y')}px`;
    const text = format(border.value, unit);
    grip.textContent = text;
    const facts = { label: `${border.label}, drag or use the arrow keys`, valuenow: border.value, valuetext: text, valuemin: min, valuemax: max };
    for (const [name, value] of Object.entries(facts)) grip.setAttribute(`aria-${name}`, value);
  }

  makeHandle(id) {
    const line = document.createElement('div');
    const grip = document.createElement('div');
    grip.className = 'rule-grip';
    grip.tabIndex = 0;
    grip.dataset.border = id;
    grip.setAttribute('role', 'slider');
    grip.setAttribute('aria-orientation', 'vertical');
    line.append(grip);
    this.plot.over.append(line);
    line.addEventListener('pointerdown', event => this.start(event, id, line));
    line.addEventListener('pointermove', event => this.move(event, id));
    for (const end of ['pointerup', 'pointercancel']) line.addEventListener(end, () => this.end(id));
    line.addEventListener('mousedown', event => event.stopPropagation());
    grip.addEventListener('keydown', event => this.key(event, id));
    const handle = { line, grip };
    this.handles.set(id, handle);
    return handle;
  }

  start(event, id, line) {
    if (event.button !== 0) return;
    event.preventDefault();
    line.setPointerCapture(event.pointerId);
    this.handles.get(id).grip.focus({ preventScroll: true });
    this.dragged = id;
    this.placeHandles();
  }

  move(event, id) {
    if (this.dragged !== id) return;
    const { min, max } = this.plot.scales.y;
    const box = this.plot.over.getBoundingClientRect();
    const at = this.plot.posToVal(Math.min(Math.max(event.clientY - box.top, 0), box.height), 'y');
    this.set(id, round(at, nice((max - min) / box.height)));
  }

  end(id) {
    if (this.dragged !== id) return;
    this.dragged = null;
    this.plot.redraw(false, true);
  }

  key(event, id) {
    const { min, max } = this.plot.scales.y;
    const step = nice((max - min) / 100);
    const by = { ArrowUp: 1, ArrowDown: -1, ArrowRight: 1, ArrowLeft: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (!by) return;
    event.preventDefault();
    this.set(id, round(this.value(id) + by * step, step));
  }

  set(id, value) {
    if (value === this.value(id)) return;
    this.borders = this.borders.map(border => (border.id === id ? { ...border, value } : border));
    this.placeHandles();
    this.tell(id, value);
  }

  // One call at a time; of what happens meanwhile the newest is told next.
  async tell(id, value) {
    this.waiting = [id, value];
    if (this.telling) return;
    this.telling = true;
    try {
      while (this.waiting) {
        const [newest, at] = this.waiting;
        this.waiting = null;
        await this.dotnet.invokeMethodAsync('MoveBorder', newest, at);
      }
    } catch {
      // The circuit is gone; so is the page, soon.
    } finally {
      this.telling = false;
    }
  }

  dispose() {
    this.sizes.disconnect();
    this.endLook();
    this.plot?.destroy();
  }
}
