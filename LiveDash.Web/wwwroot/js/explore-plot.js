import { traces } from './explore-traces.js';
import { clock } from './format.js';
import { onLook, rem, slotColor, stopsOf, token } from './theme-colors.js';
import { timeTicks } from './time-axis.js';
import { stamp, zoneName } from './zone-time.js';

// Draws columns of points in the figure that Plotly.Blazor made: its typed layout and traces come from the server, the points, which never cross the circuit,
// from here, by location or by time and value. What is visible is counted anew whenever the view or the points change.
export class ExplorePlot {
  constructor(element, { onView, onPainted, onMoved, onHover }) {
    this.element = element;
    this.onView = onView;
    this.onPainted = onPainted;
    this.onMoved = onMoved;
    this.onHover = onHover;
    this.dragmode = 'pan';
    this.choice = 'auto';
    this.labels = { x: 'x', y: 'y', value: 'value', slots: {} };
    this.stops = null;
    this.gl = !!document.createElement('canvas').getContext('webgl');
    this.endLook = onLook(() => this.draw());
    this.sizes = new ResizeObserver(() => this.draw());
    this.sizes.observe(element);
    this.begin(null);
    this.cost = 0;
    this.ready = this.figureDrawn().then(() => {
      const { data: [marks, cells], layout } = this.element;
      this.figure = { marks, cells, layout };
      return this.draw();
    });
  }

  // Plotly.Blazor says nothing when its figure stands, so the element is watched.
  figureDrawn() {
    return new Promise(done => {
      const watch = new MutationObserver(look);
      const element = this.element;
      function look() {
        if (!element._fullLayout?.xaxis) return;
        watch.disconnect();
        done();
      }
      watch.observe(element, { attributes: true, childList: true, subtree: true });
      look();
    });
  }

  // Other points: the view fits them until somebody moves it.
  begin(columns) {
    this.columns = columns;
    this.fixed = null;
    this.seen = 0;
    this.bounds = { map: [Infinity, -Infinity, Infinity, -Infinity], time: [Infinity, -Infinity, Infinity, -Infinity] };
  }

  get mode() {
    if (this.choice !== 'auto') return this.choice;
    return this.bounds.map[0] <= this.bounds.map[1] ? 'map' : 'time';
  }

  // The two columns that are drawn now.
  get axes() {
    return this.mode === 'map' ? [this.columns.x, this.columns.y] : [this.columns.times, this.columns.values];
  }

  show(choice) {
    this.choice = choice;
    this.fixed = null;
    return this.draw();
  }

  // What the address names.
  restore({ plot, view }) {
    this.choice = plot;
    this.fixed = view;
  }

  color(stops) {
    this.stops = stops;
    return this.draw();
  }

  measure() {
    const { x, y, times, values, length } = this.columns;
    grow(this.bounds.map, x, y, this.seen, length);
    grow(this.bounds.time, times, values, this.seen, length);
    this.seen = length;
  }

  // The visible part of the plane: [minX, maxX, minY, maxY].
  view() {
    if (this.fixed) return this.fixed;
    const [minX, maxX, minY, maxY] = this.bounds[this.mode];
    if (!(minX <= maxX)) return this.mode === 'map' ? [0, 1, 0, 1] : [Date.now() - 3600000, Date.now(), 0, 1];
    const padX = (maxX - minX) * 0.03 || 0.5;
    const padY = (maxY - minY) * 0.03 || 0.5;
    return [minX - padX, maxX + padX, minY - padY, maxY + padY];
  }

  // At most one drawing at a time; what was asked for meanwhile is done once after it.
  draw() {
    if (!this.figure || this.element.clientWidth === 0) return Promise.resolve();
    this.wanted = true;
    this.drawing ??= (async () => {
      while (this.wanted && !this.disposed) {
        this.wanted = false;
        await this.paint();
      }
      this.drawing = null;
    })();
    return this.drawing;
  }

  async paint() {
    const begun = performance.now();
    if (this.columns) this.measure();
    const view = this.view();
    const painted = this.columns?.length ?? 0;
    const made = painted ? this.traces(view) : [{ ...this.figure.marks, x: [], y: [] }];
    await window.Plotly.react(this.element, made, this.layout(view, made));
    if (!this.listening) this.listen();
    this.cost = performance.now() - begun;
    this.onView();
    this.onPainted(painted, made[0].type === 'heatmap');
  }

  traces(view) {
    const look = {
      stops: stopsOf(this.stops), bar: { tickfont: { color: token('--ink-2') }, outlinecolor: token('--line') }, palette: Array.from({ length: 8 }, (_, i) => slotColor(i)),
      slots: this.labels.slots, mapped: this.mode === 'map', value: this.labels.value,
    };
    return traces(this.figure, this.columns, this.axes, view, { width: this.element.clientWidth, height: this.element.clientHeight, gl: this.gl }, look);
  }

  layout([minX, maxX, minY, maxY], made) {
    const { layout } = this.figure;
    const ink = { gridcolor: token('--chart-grid'), zerolinecolor: token('--line'), linecolor: token('--line'), tickcolor: token('--line'), tickfont: { color: token('--ink-2'), size: 12 * rem() } };
    const title = (axis, text) => ({ ...axis.title, text, font: { color: token('--ink-2'), size: 12 * rem() } });
    const onMap = this.mode === 'map';
    // Plotly writes what it found out itself into the layout that it was given.
    const xaxis = { ...layout.xaxis, ...ink, autorange: false, range: [minX, maxX], title: title(layout.xaxis, onMap ? this.labels.x : `time, ${zoneName()}`), ...(onMap ? { tickmode: 'auto' } : this.times(minX, maxX)) };
    return {
      ...layout, width: this.element.clientWidth, height: this.element.clientHeight, dragmode: this.dragmode, showlegend: made.length > 1,
      plot_bgcolor: token('--surface'), font: { family: token('--font'), color: token('--ink-2'), size: 12 * rem() }, legend: { ...layout.legend, bgcolor: token('--surface'), font: { color: token('--ink') } },
      xaxis, yaxis: { ...layout.yaxis, ...ink, autorange: false, range: [minY, maxY], title: title(layout.yaxis, onMap ? this.labels.y : this.labels.value) },
    };
  }

  // Ticks by the chosen zone's clock, also on both sides of the view, where panning shows them.
  times(minX, maxX) {
    const span = maxX - minX;
    const most = Math.max(2, Math.floor(this.element.clientWidth / 110));
    const { ticks, step } = timeTicks(minX - span, maxX + span, most * 3);
    return { tickmode: 'array', tickvals: ticks, ticktext: ticks.map(t => clock(t, step)) };
  }

  listen() {
    this.listening = true;
    this.element.on('plotly_relayout', change => {
      if (!Object.keys(change).some(key => key.includes('axis.range'))) return;
      const { xaxis, yaxis } = this.element._fullLayout;
      this.moveTo([...xaxis.range, ...yaxis.range].map(Number));
    });
    this.element.on('plotly_relayouting', () => this.onView());
    this.element.on('plotly_doubleclick', () => this.reset());
    this.element.on('plotly_hover', event => this.onHover(this.tip(event.points[0]), event.event));
    this.element.on('plotly_unhover', () => this.onHover(null));
  }

  // What the tooltip says of a point or a cell: [what, where, ...].
  tip(point) {
    const onMap = this.mode === 'map';
    const short = v => String(Number(v.toPrecision(6)));
    const place = (x, y) => (onMap ? `${this.labels.x} ${short(x)}, ${this.labels.y} ${short(y)}` : stamp(x));
    if (point.data.type === 'heatmap') return [`${point.customdata.toLocaleString('en')} point${point.customdata === 1 ? '' : 's'} in this cell`, onMap ? place(point.x, point.y) : `${stamp(point.x)}, ${this.labels.value} ${short(point.y)}`];
    const i = point.customdata;
    const { values, times, series, names, x, y } = this.columns;
    return [`${this.labels.value} ${values[i]}`, ...(onMap ? [place(x[i], y[i])] : []), stamp(times[i]), names[series[i]] ?? ''].filter(text => text !== '');
  }

  moveTo(view) {
    this.fixed = view;
    this.onMoved();
    return this.draw();
  }

  reset() {
    return this.moveTo(null);
  }

  // 0.5 shows half as much, 2 twice.
  zoom(factor) {
    const [minX, maxX, minY, maxY] = this.view();
    const half = (a, b) => [(a + b) / 2 - (b - a) / 2 * factor, (a + b) / 2 + (b - a) / 2 * factor];
    return this.moveTo([...half(minX, maxX), ...half(minY, maxY)]);
  }

  // By shares of the view.
  move(dx, dy) {
    const [minX, maxX, minY, maxY] = this.view();
    const [x, y] = [(maxX - minX) * dx, (maxY - minY) * dy];
    return this.moveTo([minX + x, maxX + x, minY + y, maxY + y]);
  }

  drag(enabled) {
    this.dragmode = enabled ? 'pan' : false;
    return this.draw();
  }

  // Between the plane and the element's pixels, also while it is being panned.
  toPixels([x, y]) {
    const { xaxis, yaxis } = this.element._fullLayout;
    return [xaxis._offset + xaxis.l2p(x), yaxis._offset + yaxis.l2p(y)];
  }

  toPlane([left, top]) {
    const { xaxis, yaxis } = this.element._fullLayout;
    return [xaxis.p2l(left - xaxis._offset), yaxis.p2l(top - yaxis._offset)];
  }

  get isDrawn() {
    return !!this.figure && !!this.element._fullLayout?.xaxis?._length;
  }

  // The picture with the shape upon it, as a data: address.
  async picture(polygons) {
    const path = polygons.flat().map(ring => `M${ring.map(([x, y]) => `${x},${y}`).join('L')}Z`).join('');
    const shapes = path ? [{ type: 'path', path, line: { color: token('--accent'), width: 2 } }] : [];
    const { data, layout } = this.element;
    return window.Plotly.toImage({ data, layout: { ...layout, shapes, paper_bgcolor: token('--surface') } }, { format: 'png', width: layout.width, height: layout.height, scale: 2 });
  }

  dispose() {
    this.disposed = true;
    this.endLook();
    this.sizes.disconnect();
  }
}

function grow(box, xs, ys, from, to) {
  for (let i = from; i < to; i++) {
    const [x, y] = [xs[i], ys[i]];
    if (!(x === x && y === y)) continue;
    if (x < box[0]) box[0] = x;
    if (x > box[1]) box[1] = x;
    if (y < box[2]) box[2] = y;
    if (y > box[3]) box[3] = y;
  }
}
