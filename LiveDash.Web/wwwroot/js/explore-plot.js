import { lineColor, onTheme, token } from './theme-colors.js';

// So many points are drawn one by one; above it cells of the screen are coloured by how many lie in each, which no number of points makes slow.
const mostMarks = 20000;
const cellPixels = 3;
const margin = 0.25;

let loading;
function plotly() {
  loading ??= new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = new URL('../_content/Plotly.Blazor/plotly-3.7.0.min.js', import.meta.url);
    script.onload = () => done(window.Plotly);
    script.onerror = () => failed(new Error('the chart library did not load'));
    document.head.append(script);
  });
  return loading;
}

// Draws columns of points with Plotly, by location or by time and value. What is visible is counted anew whenever the view or the points change.
export class ExplorePlot {
  constructor(element, { onView, onPainted }) {
    this.element = element;
    this.onView = onView;
    this.onPainted = onPainted;
    this.dragmode = 'pan';
    this.choice = 'auto';
    this.gl = !!document.createElement('canvas').getContext('webgl');
    this.endTheme = onTheme(() => this.draw());
    this.sizes = new ResizeObserver(() => this.draw());
    this.sizes.observe(element);
    this.begin(null);
    this.cost = 0;
    this.ready = plotly().then(library => { this.library = library; return this.draw(); });
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
    if (!this.library || this.element.clientWidth === 0) return Promise.resolve();
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
    const traces = painted ? this.traces(view) : [{ type: 'scattergl', x: [], y: [] }];
    await this.library.react(this.element, traces, this.layout(view), { displayModeBar: false, scrollZoom: true, doubleClick: false, responsive: false });
    if (!this.listening) this.listen();
    this.cost = performance.now() - begun;
    this.onView();
    this.onPainted(painted, traces[0].type === 'heatmap');
  }

  traces([minX, maxX, minY, maxY]) {
    const [xs, ys] = this.axes;
    const n = this.columns.length;
    const [outX, outY] = [(maxX - minX) * margin, (maxY - minY) * margin];
    const [left, bottom] = [minX - outX, minY - outY];
    const [wide, high] = [maxX - minX + 2 * outX, maxY - minY + 2 * outY];
    const w = Math.max(8, Math.round(this.element.clientWidth * (1 + 2 * margin) / cellPixels));
    const h = Math.max(8, Math.round(this.element.clientHeight * (1 + 2 * margin) / cellPixels));
    const counts = new Uint32Array(w * h);
    let within = 0;
    let most = 1;
    for (let i = 0; i < n; i++) {
      const column = Math.floor((xs[i] - left) / wide * w);
      const row = Math.floor((ys[i] - bottom) / high * h);
      // A NaN fails every comparison, so a point without a place is in no cell.
      if (!(column >= 0 && column < w && row >= 0 && row < h)) continue;
      within++;
      const count = ++counts[row * w + column];
      if (count > most) most = count;
    }
    if (within <= mostMarks && this.gl) return this.marks(left, left + wide, bottom, bottom + high, within);
    const z = Array.from({ length: h }, (_, row) => Array.from(counts.subarray(row * w, row * w + w), count => count || null));
    return [{
      type: 'heatmap', z, x0: left + wide / w / 2, dx: wide / w, y0: bottom + high / h / 2, dy: high / h, zmin: 0, zmax: most, colorscale: scale(most), showscale: false,
      hovertemplate: '%{z} points at %{x}, %{y}<extra></extra>',
    }];
  }

  marks(minX, maxX, minY, maxY, count) {
    const [xs, ys] = this.axes;
    const { series, values, names, length } = this.columns;
    const places = new Uint32Array(count);
    for (let i = 0, k = 0; i < length && k < count; i++) {
      if (xs[i] >= minX && xs[i] < maxX && ys[i] >= minY && ys[i] < maxY) places[k++] = i;
    }
    const several = names.length > 1;
    const size = count > 5000 ? 4 : 6;
    const byValue = !several && this.mode === 'map';
    const colors = Array.from({ length: 8 }, (_, i) => lineColor(i));
    return [{
      type: 'scattergl', mode: 'markers', x: Float64Array.from(places, i => xs[i]), y: Float64Array.from(places, i => ys[i]),
      marker: {
        size, opacity: 0.75, line: { width: 0 }, color: byValue ? Float64Array.from(places, i => values[i]) : several ? Array.from(places, i => colors[series[i] % 8]) : colors[0],
        colorscale: [2, 3, 4].map((step, i) => [i / 2, token(`--heat-${step}`)]), showscale: false,
      },
      customdata: Float64Array.from(places, i => values[i]),
      text: several ? Array.from(places, i => names[series[i]]) : undefined,
      hovertemplate: `%{x}, %{y}: %{customdata}${several ? '<br>%{text}' : ''}<extra></extra>`,
    }];
  }

  layout([minX, maxX, minY, maxY]) {
    const axis = { gridcolor: token('--chart-grid'), zerolinecolor: token('--line'), linecolor: token('--line'), tickfont: { color: token('--ink-3'), size: 12 }, ticks: 'outside', tickcolor: token('--line'), fixedrange: false };
    return {
      width: this.element.clientWidth, height: this.element.clientHeight, margin: { l: 58, r: 12, t: 8, b: this.mode === 'map' ? 34 : 46 }, showlegend: false, hovermode: 'closest', dragmode: this.dragmode,
      paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: token('--surface'), font: { family: token('--font'), color: token('--ink-2') },
      hoverlabel: { bgcolor: token('--surface-2'), bordercolor: token('--line-strong'), font: { color: token('--ink'), family: token('--font') } },
      xaxis: { ...axis, type: this.mode === 'map' ? 'linear' : 'date', range: [minX, maxX] },
      yaxis: { ...axis, type: 'linear', range: [minY, maxY] },
    };
  }

  listen() {
    this.listening = true;
    this.element.on('plotly_relayout', change => {
      if (!Object.keys(change).some(key => key.includes('axis.range'))) return;
      const { xaxis, yaxis } = this.element._fullLayout;
      this.fixed = [...xaxis.range.map(value => xaxis.r2l(value)), ...yaxis.range.map(value => yaxis.r2l(value))];
      this.draw();
    });
    this.element.on('plotly_relayouting', () => this.onView());
    this.element.on('plotly_doubleclick', () => this.reset());
  }

  reset() {
    this.fixed = null;
    return this.draw();
  }

  // 0.5 shows half as much, 2 twice.
  zoom(factor) {
    const [minX, maxX, minY, maxY] = this.view();
    const half = (a, b) => [(a + b) / 2 - (b - a) / 2 * factor, (a + b) / 2 + (b - a) / 2 * factor];
    this.fixed = [...half(minX, maxX), ...half(minY, maxY)];
    return this.draw();
  }

  // By shares of the view.
  move(dx, dy) {
    const [minX, maxX, minY, maxY] = this.view();
    const [x, y] = [(maxX - minX) * dx, (maxY - minY) * dy];
    this.fixed = [minX + x, maxX + x, minY + y, maxY + y];
    return this.draw();
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
    return !!this.element._fullLayout?.xaxis?._length;
  }

  // The picture with the shape upon it, as a data: address.
  async picture(polygons) {
    // In a path Plotly takes a date with an underscore between day and time.
    const place = this.mode === 'map' ? x => x : x => new Date(Math.max(-6e13, Math.min(25e13, x))).toISOString().slice(0, -1).replace('T', '_');
    const path = polygons.flat().map(ring => `M${ring.map(([x, y]) => `${place(x)},${y}`).join('L')}Z`).join('');
    const shapes = path ? [{ type: 'path', path, line: { color: token('--accent'), width: 2 } }] : [];
    const { data, layout } = this.element;
    return this.library.toImage({ data, layout: { ...layout, shapes, paper_bgcolor: token('--surface') } }, { format: 'png', width: layout.width, height: layout.height, scale: 2 });
  }

  dispose() {
    this.disposed = true;
    this.endTheme();
    this.sizes.disconnect();
    if (this.library) this.library.purge(this.element);
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

// Even steps of colour for each tenfold, more or less: counts spread over powers.
function scale(most) {
  const steps = 6;
  return Array.from({ length: steps + 1 }, (_, i) => {
    const at = i === 0 ? 0 : most ** (i / steps) / most;
    const heat = 1 + i / steps * 3;
    return [i === steps ? 1 : at, token(`--heat-${Math.round(heat)}`)];
  });
}
