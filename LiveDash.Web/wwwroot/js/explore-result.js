import { PointList } from './explore-list.js';
import { format } from './format.js';
import { features, toGeometry } from './geojson.js';
import { PointReader } from './point-reader.js';
import { set } from './stat.js';
import { onLook } from './theme-colors.js';
import { stamp, zoneName } from './zone-time.js';

// What lies within the shape, as the server finds it: by location, or by time and value.
export class ShapeResult {
  constructor(element, plot, onChoose) {
    this.element = element;
    this.plot = plot;
    this.parts = Object.fromEntries([...element.querySelectorAll('[data-result]')].map(part => [part.dataset.result, part]));
    this.list = new PointList(element.querySelector('.explore-list'), i => {
      const [xs, ys] = plot.mode === 'map' ? [this.columns.x, this.columns.y] : [this.columns.times, this.columns.values];
      onChoose([xs[i], ys[i]]);
    });
    element.addEventListener('click', event => {
      this.export(event.target.closest('[data-export]')?.dataset.export).catch(error => this.tell(error.message, true));
    });
    this.shapeText = element.querySelector('[data-part="geojson"]');
    this.endLook = onLook(() => this.times());
    this.begin('');
    this.times();
  }

  begin(query) {
    this.query = query;
    this.polygons = [];
    this.clear('Draw a box, a lasso or a polygon on the plot, or paste a GeoJSON shape below.');
  }

  clear(message) {
    this.reader?.cancel();
    this.columns = null;
    this.element.dataset.within = 'empty';
    this.tell(message);
    for (const name of ['count', 'mean', 'std', 'min', 'max', 'from', 'to']) set(this.parts[name], '–');
    this.list.show(null);
    this.offer(false);
  }

  tell(message, fault = false) {
    set(this.parts.message, message);
    this.parts.message.classList.toggle('crit', fault);
    this.parts.message.hidden = message === '';
  }

  offer(available) {
    for (const button of this.element.querySelectorAll('[data-export]:not([data-export="png"], [data-export="shape"])')) button.disabled = !available;
    this.element.querySelector('[data-export="shape"]').disabled = this.polygons.length === 0;
  }

  // A corner that is still moving asks often: only the newest question is answered.
  async ask(polygons) {
    this.polygons = polygons;
    this.reader?.cancel();
    if (polygons.length === 0) {
      this.begin(this.query);
      return;
    }
    const geometry = toGeometry(polygons);
    this.shapeText.value = JSON.stringify(geometry);
    this.element.dataset.within = 'asking';
    // Kept for the exports: by then something else may be drawn.
    this.question = `${this.query}&plane=${this.plot.mode === 'map' ? 'location' : 'time-value'}`;
    const reader = this.reader = new PointReader(`api/points/query?${this.question}&fields=id,t,value,pt,series,tags`, { body: JSON.stringify(geometry) });
    const state = await reader.run();
    if (reader !== this.reader || state === 'cancelled') return;
    if (state === 'failed') {
      this.clear('');
      this.element.dataset.within = 'failed';
      this.tell(reader.error, true);
      this.offer(false);
      return;
    }
    this.show(reader.columns);
  }

  show(columns) {
    this.columns = columns;
    const stats = statistics(columns);
    set(this.parts.count, columns.length.toLocaleString('en'));
    for (const name of ['mean', 'std', 'min', 'max']) set(this.parts[name], columns.length ? format(stats[name]) : '–');
    this.times(stats);
    this.tell(columns.length ? '' : 'No point lies within.');
    this.list.show(columns);
    this.offer(columns.length > 0);
    this.element.dataset.found = columns.length;
    this.element.dataset.within = 'shown';
  }

  times({ from, to } = this.columns?.length ? statistics(this.columns) : {}) {
    for (const [name, time] of [['from', from], ['to', to]]) set(this.parts[name], Number.isFinite(time) ? stamp(time).slice(0, 19) : '–');
    for (const zone of this.element.querySelectorAll('[data-zone]')) set(zone, zoneName());
  }

  async export(kind) {
    if (!kind) return;
    if (kind === 'png') save('points.png', blobOf(await this.plot.picture(this.polygons)));
    else if (kind === 'shape') save('shape.geojson', new Blob([JSON.stringify(toGeometry(this.polygons))], { type: 'application/geo+json' }));
    else if (kind === 'geojson') save('points.geojson', new Blob(features(this.columns), { type: 'application/geo+json' }));
    else save(`points.${kind}`, await this.rows(kind));
  }

  async rows(format) {
    this.tell('');
    const answer = await fetch(`api/points/query?${this.question}&format=${format}`, { method: 'POST', body: JSON.stringify(toGeometry(this.polygons)), headers: { 'Content-Type': 'application/geo+json' } });
    if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
    return answer.blob();
  }

  dispose() {
    this.endLook();
    this.reader?.cancel();
    this.list.dispose();
  }
}

// The population's standard deviation, in two passes, so that large values with small differences keep theirs.
function statistics({ values, times, length }) {
  let [sum, min, max, from, to] = [0, Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < length; i++) {
    sum += values[i];
    min = Math.min(min, values[i]);
    max = Math.max(max, values[i]);
    from = Math.min(from, times[i]);
    to = Math.max(to, times[i]);
  }
  const mean = sum / length;
  let squares = 0;
  for (let i = 0; i < length; i++) squares += (values[i] - mean) ** 2;
  return { mean, std: Math.sqrt(squares / length), min, max, from, to };
}

// The page's policy lets fetch read no data: address.
function blobOf(address) {
  const [head, body] = address.split(',');
  return new Blob([Uint8Array.from(atob(body), c => c.charCodeAt(0))], { type: head.slice(5, head.indexOf(';')) });
}

export function save(name, blob) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
