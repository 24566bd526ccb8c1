import { ExplorePlot } from './explore-plot.js';
import { ShapeResult } from './explore-result.js';
import { ShapeTool } from './explore-shape.js';
import { fromText } from './geojson.js';
import { PointReader } from './point-reader.js';
import { set } from './stat.js';

// At most five pictures a second while points land, and on a slow machine fewer: they may take a fifth of the time that the points need.
const pictureMs = 200;
const share = 5;

// The explore page: streams points in, shows them landing, and asks what lies within a shape. Blazor renders the elements once and calls start().
export class Explore {
  constructor(element) {
    this.element = element;
    this.parts = Object.fromEntries([...element.querySelectorAll('[data-part]')].map(part => [part.dataset.part, part]));
    this.plot = new ExplorePlot(this.parts.plot, {
      onView: () => this.shape?.draw(),
      onPainted: (points, dense) => {
        element.dataset.painted = points;
        set(this.parts.drawn, points === 0 ? '' : dense ? 'Coloured by how many points lie in each cell; zoom in for single points.' : 'Every point is drawn.');
      },
    });
    this.result = new ShapeResult(element, this.plot, place => this.shape.point(place));
    this.shape = new ShapeTool(this.parts.shape, this.plot, polygons => { this.fault(''); this.result.ask(polygons); }, tool => this.press('[data-tool]', 'tool', tool));
    this.listen();
    this.state('ready');
    this.plot.ready.catch(error => this.message(error.message, true));
  }

  listen() {
    const on = (selector, action) => this.element.querySelectorAll(selector).forEach(button => button.addEventListener('click', () => action(button)));
    on('[data-tool]', button => this.shape.use(button.dataset.tool));
    on('[data-view]', button => {
      this.press('[data-view]', 'view', button.dataset.view);
      this.shape.set([]);
      this.plot.show(button.dataset.view);
    });
    on('[data-zoom]', button => ({ in: () => this.plot.zoom(0.5), out: () => this.plot.zoom(2), all: () => this.plot.reset() })[button.dataset.zoom]());
    on('[data-act="middle"]', () => this.shape.middle());
    on('[data-act="clear"]', () => this.shape.set([]));
    on('[data-act="cancel"]', () => this.reader?.cancel());
    on('[data-act="resume"]', () => this.read());
    on('[data-act="apply"]', () => this.take(this.parts.geojson.value));
    this.parts.file.addEventListener('change', async () => {
      const [file] = this.parts.file.files;
      this.parts.file.value = '';
      if (file) this.take(await file.text());
    });
    this.parts.plot.addEventListener('keydown', event => {
      const moves = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] };
      if (event.key in moves) this.plot.move(...moves[event.key]);
      else if (event.key === '+' || event.key === '=') this.plot.zoom(0.5);
      else if (event.key === '-') this.plot.zoom(2);
      else return;
      event.preventDefault();
    });
  }

  press(selector, name, value) {
    for (const button of this.element.querySelectorAll(selector)) button.setAttribute('aria-pressed', button.dataset[name] === value);
  }

  take(text) {
    try {
      this.shape.set(fromText(text));
    } catch (error) {
      this.fault(error.message);
    }
  }

  fault(text) {
    set(this.parts.fault, text);
    this.parts.geojson.setAttribute('aria-invalid', text !== '');
  }

  // query: series, from and to as the API takes them. expected: how many points, where that is known. range: [from, to] in ms, where it is bounded.
  start({ query, expected, range }) {
    this.reader?.cancel();
    this.expected = expected;
    this.range = range;
    this.shape.polygons = [];
    this.shape.marked = null;
    this.result.begin(query);
    this.reader = new PointReader(`api/points?${query}&fields=id,t,value,pt,series,tags`, { onData: () => this.landed() });
    this.plot.begin(this.reader.columns);
    this.element.dataset.painted = 0;
    this.read();
  }

  async read() {
    const reader = this.reader;
    if (!reader || reader.state === 'reading') return;
    this.begun = performance.now();
    this.had = reader.columns.length;
    this.pictured = this.begun;
    this.state('reading');
    const state = await reader.run();
    if (reader !== this.reader) return;
    this.tell();
    await this.plot.ready;
    await this.plot.draw();
    if (reader !== this.reader) return;
    this.state(state);
    const count = reader.columns.length.toLocaleString('en');
    if (state === 'failed') this.message(reader.error, true);
    else if (state === 'cancelled') this.message(`Cancelled after ${count} points; resume goes on behind them.`);
    else this.message(reader.columns.length === 0 ? 'No points in this range.' : `${count} points in ${((performance.now() - this.begun) / 1000).toFixed(1)} s.`);
  }

  landed() {
    const now = performance.now();
    if (now - this.pictured < Math.max(pictureMs, share * this.plot.cost) || this.reader.state !== 'reading') return;
    this.pictured = now;
    this.tell();
    if (!this.plot.drawing) this.plot.draw();
  }

  tell() {
    const { columns, bytes } = this.reader;
    const n = columns.length;
    const seconds = (performance.now() - this.begun) / 1000;
    set(this.parts.count, n.toLocaleString('en'));
    set(this.parts.rate, seconds > 0.05 ? ` · ${Math.round((n - this.had) / seconds).toLocaleString('en')} points/s · ${(bytes / 1e6).toFixed(1)} MB` : '');
    this.element.dataset.points = n;
    const part = this.expected ? n / this.expected : this.range && n ? (columns.times[n - 1] - this.range[0]) / (this.range[1] - this.range[0]) : null;
    if (part === null) this.parts.progress.removeAttribute('value');
    else this.parts.progress.value = Math.min(1, Math.max(0, part));
  }

  state(state) {
    this.element.dataset.state = state;
    for (const button of this.element.querySelectorAll('[data-act="cancel"]')) button.hidden = state !== 'reading';
    for (const button of this.element.querySelectorAll('[data-act="resume"]')) button.hidden = state !== 'cancelled' && state !== 'failed';
    this.parts.landing.hidden = state === 'ready';
    if (state === 'done') this.parts.progress.value = 1;
    if (state === 'reading') this.message('Points are landing…');
  }

  message(text, fault = false) {
    set(this.parts.message, text);
    this.parts.message.classList.toggle('fault', fault);
  }

  dispose() {
    this.reader?.cancel();
    this.result.dispose();
    this.plot.dispose();
  }
}

export const attach = element => new Explore(element);
