import { simplify } from './geojson.js';
import { rounded } from './shape-text.js';

const svg = 'http://www.w3.org/2000/svg';
const mostHandles = 200;

// Draws a shape over the plot: a box or a lasso by dragging, a polygon corner by corner. Its corners can be dragged, or moved by the arrow keys.
export class ShapeTool {
  constructor(element, plot, onChange, onTool) {
    this.element = element;
    this.plot = plot;
    this.onChange = onChange;
    this.onTool = onTool;
    this.polygons = [];
    this.draft = null;
    this.tool = 'pan';
    this.path = this.add('path', { class: 'shape-area', 'fill-rule': 'evenodd' });
    this.line = this.add('path', { class: 'shape-draft' });
    this.handles = this.add('g', {});
    this.mark = this.add('circle', { class: 'shape-mark', r: 8, visibility: 'hidden' });
    for (const [type, listener] of [['pointerdown', this.down], ['pointermove', this.moved], ['pointerup', this.up], ['dblclick', this.close], ['keydown', this.key]]) {
      element.addEventListener(type, listener.bind(this));
    }
  }

  add(name, attributes, parent = this.element) {
    const made = document.createElementNS(svg, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    parent.append(made);
    return made;
  }

  use(tool) {
    this.tool = tool;
    this.draft = null;
    this.element.classList.toggle('drawing', tool !== 'pan');
    this.plot.drag(tool === 'pan');
    if (tool === 'pan') this.element.removeAttribute('tabindex');
    else {
      this.element.setAttribute('tabindex', 0);
      this.element.focus({ preventScroll: true });
    }
    this.onTool(tool);
    this.draw();
  }

  set(polygons) {
    this.polygons = polygons;
    this.draft = null;
    this.draw();
    this.onChange(polygons);
  }

  // A shape that a hand drew or moved.
  setDrawn(polygons) {
    this.set(rounded(polygons, this.plot.view()));
  }

  // The view without a part of it at each edge, for those who draw with the keyboard; its points stand in the table beside.
  frame(edge) {
    const [minX, maxX, minY, maxY] = this.plot.view();
    const [x, y] = [(maxX - minX) * edge, (maxY - minY) * edge];
    this.setDrawn([[box([minX + x, minY + y], [maxX - x, maxY - y])]]);
    this.handles.firstChild?.focus();
  }

  place(event) {
    const frame = this.element.getBoundingClientRect();
    return [event.clientX - frame.left, event.clientY - frame.top];
  }

  down(event) {
    if (event.button !== 0) return;
    const handle = event.target.closest('[data-corner]');
    if (handle) {
      event.preventDefault();
      this.held = handle.dataset.corner.split(',').map(Number);
    } else if (this.tool === 'pan') {
      return;
    } else if (this.tool === 'polygon') {
      this.corner(this.place(event));
      return;
    } else {
      this.draft = [this.place(event)];
    }
    this.element.setPointerCapture(event.pointerId);
  }

  moved(event) {
    const at = this.place(event);
    if (this.held) {
      this.ring(this.held)[this.held[2]] = this.plot.toPlane(at);
    } else if (this.draft && this.tool === 'polygon') {
      this.pointer = at;
    } else if (this.draft && event.buttons) {
      if (this.tool === 'lasso') this.draft.push(at);
      else this.draft[1] = at;
    } else {
      return;
    }
    this.draw();
  }

  up() {
    if (this.held) {
      this.held = null;
      this.setDrawn(this.polygons);
      return;
    }
    if (!this.draft || this.tool === 'polygon') return;
    const corners = this.tool === 'box' ? (this.draft[1] ? box(this.draft[0], this.draft[1]) : []) : simplify([...this.draft, this.draft[0]], 2).slice(0, -1);
    this.draft = null;
    this.finish(corners);
  }

  corner(at) {
    this.draft ??= [];
    const near = point => Math.hypot(at[0] - point[0], at[1] - point[1]) < 10;
    if (this.draft.length >= 3 && near(this.draft[0])) this.close();
    else if (this.draft.length === 0 || !near(this.draft.at(-1))) this.draft.push(at);
    this.pointer = null;
    this.draw();
  }

  close() {
    if (this.tool !== 'polygon' || !this.draft) return;
    const corners = this.draft;
    this.draft = null;
    this.finish(corners);
  }

  finish(pixels) {
    if (pixels.length < 3) {
      this.draw();
      return;
    }
    this.use('pan');
    this.setDrawn([[pixels.map(at => this.plot.toPlane(at))]]);
  }

  key(event) {
    const corner = event.target.dataset.corner;
    if (event.key === 'Escape') {
      if (this.draft) this.draft = null;
      else if (this.tool !== 'pan') this.use('pan');
      this.draw();
    } else if (event.key === 'Enter' && this.draft) {
      this.close();
    } else if (event.key === 'Backspace' && this.draft) {
      this.draft.pop();
      this.draw();
    } else if (corner) {
      this.cornerKey(event, corner.split(',').map(Number));
      return;
    } else {
      return;
    }
    event.preventDefault();
  }

  cornerKey(event, at) {
    const step = event.shiftKey ? 20 : 4;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const ring = this.ring(at);
    if (event.key in moves) {
      const [x, y] = this.plot.toPixels(ring[at[2]]);
      ring[at[2]] = this.plot.toPlane([x + moves[event.key][0], y + moves[event.key][1]]);
    } else if (event.key === 'Delete' && ring.length > 3) {
      ring.splice(at[2], 1);
    } else {
      return;
    }
    event.preventDefault();
    this.setDrawn(this.polygons);
    this.handles.querySelector(`[data-corner="${at}"]`)?.focus();
  }

  ring([polygon, ring]) {
    return this.polygons[polygon][ring];
  }

  // A ring around one point of the list, or none.
  point(at) {
    this.marked = at;
    this.draw();
  }

  draw() {
    if (!this.plot.isDrawn) return;
    const pixels = corner => this.plot.toPixels(corner);
    const outline = points => points.map((p, i) => `${i ? 'L' : 'M'}${p[0].toFixed(1)} ${p[1].toFixed(1)}`).join('');
    this.path.setAttribute('d', this.polygons.flat().map(ring => `${outline(ring.map(pixels))}Z`).join(''));
    const draft = !this.draft ? [] : this.tool === 'box' && this.draft[1] ? [...box(...this.draft), this.draft[0]] : this.pointer ? [...this.draft, this.pointer] : this.draft;
    this.line.setAttribute('d', outline(draft));
    this.drawHandles(pixels);
    this.mark.setAttribute('visibility', this.marked ? 'visible' : 'hidden');
    if (this.marked) this.setPlace(this.mark, pixels(this.marked));
  }

  // The same elements are moved, not made anew, so that a held corner stays held and a focused one focused.
  drawHandles(pixels) {
    const corners = this.polygons.flatMap((rings, p) => rings.flatMap((ring, r) => ring.map((corner, c) => ({ corner, at: [p, r, c] }))));
    const shown = corners.length <= mostHandles ? corners : [];
    while (this.handles.childElementCount > shown.length) this.handles.lastChild.remove();
    while (this.handles.childElementCount < shown.length) this.add('circle', { class: 'shape-corner', r: 6, tabindex: 0, role: 'button' }, this.handles);
    shown.forEach(({ corner, at }, i) => {
      const handle = this.handles.children[i];
      handle.dataset.corner = at;
      handle.setAttribute('aria-label', `Corner ${i + 1} at ${corner.map(v => Number(v.toPrecision(6))).join(', ')}: arrow keys move it, Delete removes it`);
      this.setPlace(handle, pixels(corner));
    });
  }

  setPlace(circle, [x, y]) {
    circle.setAttribute('cx', x.toFixed(1));
    circle.setAttribute('cy', y.toFixed(1));
  }
}

const box = ([x1, y1], [x2, y2]) => [[x1, y1], [x2, y1], [x2, y2], [x1, y2]];
