import { ExplorePlot } from './explore-plot.js';
import { ShapeResult } from './explore-result.js';
import { ShapeTool } from './explore-shape.js';
import { counted } from './format.js';
import { fromText, toGeometry } from './geojson.js';
import { PointReader } from './point-reader.js';
import { fromText as fromAddress, toText } from './shape-text.js';
import { set } from './stat.js';

// At most five pictures a second while points land, and on a slow machine fewer: they may take a fifth of the time that the points need.
const pictureMs = 200;
const share = 5;
// What is looked at is told to the server, for the address, once nothing has moved for so long.
const quietMs = 250;
// An address holds so many letters of a shape, and a message to the circuit so many; what is longer is drawn and counted all the same.
const mostAddress = 4000;
const mostShape = 100_000;

// The explore page: streams points in, shows them landing, and asks what lies within a shape. Blazor renders the elements once, with the
// figure in them, and calls start(); it is told what is looked at.
export class Explore {
  constructor(element, dotnet) {
    this.element = element;
    this.dotnet = dotnet;
    this.parts = Object.fromEntries([...element.querySelectorAll('[data-part]')].map(part => [part.dataset.part, part]));
    this.plot = new ExplorePlot(this.parts.plot, {
      onView: () => this.shape?.draw(),
      onPainted: (points, dense) => {
        element.dataset.painted = points;
        set(this.parts.drawn, points === 0 ? '' : dense ? 'Coloured by how many points lie in each cell; zoom in for single points.' : 'Every point is drawn.');
      },
      onMoved: () => this.told(),
      onHover: (lines, event) => this.hover(lines, event),
    });
    this.result = new ShapeResult(element, this.plot, place => this.shape.point(place));
    this.shape = new ShapeTool(this.parts.shape, this.plot, polygons => { this.fault(''); this.result.ask(polygons); this.told(); }, tool => this.press('[data-tool]', 'tool', tool));
    this.listen();
    this.state('ready');
  }

  listen() {
    const on = (selector, action) => this.element.querySelectorAll(selector).forEach(button => button.addEventListener('click', () => action(button)));
    on('[data-tool]', button => this.shape.use(button.dataset.tool));
    on('[data-view]', button => {
      this.press('[data-view]', 'view', button.dataset.view);
      this.plot.show(button.dataset.view);
      this.shape.set([]);
    });
    on('[data-zoom]', button => ({ in: () => this.plot.zoom(0.5), out: () => this.plot.zoom(2), all: () => this.plot.reset() })[button.dataset.zoom]());
    on('[data-act="everything"]', () => this.shape.frame(0));
    on('[data-act="middle"]', () => this.shape.frame(1 / 4));
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
  // labels: what axes are called, and the colours of series. look: what the address names, or null for all of it.
  start({ query, expected, range, labels }, look, stops) {
    this.reader?.cancel();
    this.expected = expected;
    this.range = range;
    this.result.begin(query);
    this.reader = new PointReader(`api/points?${query}&fields=id,t,value,pt,series,tags`, { onData: () => this.landed() });
    this.plot.begin(this.reader.columns);
    this.plot.labels = labels;
    this.plot.stops = stops;
    if (look) {
      this.plot.restore(look);
      this.press('[data-view]', 'view', look.plot);
    }
    const shape = look ? fromAddress(look.shape) : null;
    this.shape.marked = null;
    this.shape.set(shape ?? []);
    this.element.dataset.painted = 0;
    this.read();
  }

  color(stops) {
    this.plot.color(stops);
  }

  // Tells the server what is looked at: for the address, and for the statistics of what lies within the shape.
  told() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const { polygons } = this.shape;
      const text = toText(polygons);
      const geometry = polygons.length > 0 ? JSON.stringify(toGeometry(polygons)) : '';
      this.dotnet.invokeMethodAsync('OnLookAsync', {
        // What was looked at is only right by the same axes.
        plot: this.plot.fixed || polygons.length > 0 ? this.plot.mode : this.plot.choice, mode: this.plot.mode, view: this.plot.fixed, shape: text.length <= mostAddress ? text : '', geometry: geometry.length <= mostShape ? geometry : '',
        corners: polygons.flat().reduce((sum, ring) => sum + ring.length, 0),
      });
    }, quietMs);
  }

  hover(lines, event) {
    const { tip } = this.parts;
    tip.hidden = !lines;
    if (!lines) return;
    tip.replaceChildren(...lines.map(line => Object.assign(document.createElement('div'), { textContent: line })));
    const frame = tip.parentElement.getBoundingClientRect();
    const [left, top] = [event.clientX - frame.left, event.clientY - frame.top];
    tip.style.left = `${left + 14 + tip.offsetWidth > frame.width ? Math.max(0, left - 14 - tip.offsetWidth) : left + 14}px`;
    tip.style.top = `${Math.min(Math.max(0, top + 14), Math.max(0, frame.height - tip.offsetHeight))}px`;
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
    // What is drawn decides what is told: by location or over time.
    this.told();
    this.state(state);
    const count = counted(reader.columns.length, 'point');
    if (state === 'failed') this.message(reader.error, true);
    else if (state === 'cancelled') this.message(`Cancelled after ${count}; resume goes on behind them.`);
    else this.message(reader.columns.length === 0 ? 'No points in this range.' : `${count} in ${((performance.now() - this.begun) / 1000).toFixed(1)} s.`);
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
    clearTimeout(this.timer);
    this.reader?.cancel();
    this.result.dispose();
    this.plot.dispose();
  }
}

export const attach = (element, dotnet) => new Explore(element, dotnet);
