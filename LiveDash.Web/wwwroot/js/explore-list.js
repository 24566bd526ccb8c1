import { set } from './stat.js';
import { onLook } from './theme-colors.js';
import { stamp } from './zone-time.js';

const rowHeight = 28;
// Browsers stop laying out somewhat above 30 million pixels.
const mostPixels = 15_000_000;

// A table of any number of points, of which only the rows in sight exist. A click or Enter on a row chooses its point.
export class PointList {
  constructor(element, onChoose) {
    this.element = element;
    this.table = element.querySelector('table');
    this.body = element.querySelector('tbody');
    this.spacer = element.querySelector('[data-part="spacer"]');
    this.columns = null;
    element.addEventListener('scroll', () => this.draw());
    this.body.addEventListener('click', event => {
      const row = event.target.closest('tr');
      if (row) onChoose(Number(row.dataset.index));
    });
    this.sizes = new ResizeObserver(() => this.draw());
    this.sizes.observe(element);
    this.endLook = onLook(() => this.draw());
  }

  show(columns) {
    this.columns = columns;
    this.element.scrollTop = 0;
    this.table.setAttribute('aria-rowcount', (columns?.length ?? 0) + 1);
    this.draw();
  }

  draw() {
    const total = this.columns?.length ?? 0;
    const height = Math.min(total * rowHeight, mostPixels);
    this.spacer.style.height = `${height}px`;
    const visible = Math.ceil(this.element.clientHeight / rowHeight) + 1;
    const room = Math.max(1, height - this.element.clientHeight);
    const first = Math.max(0, Math.min(total - visible + 1, Math.round(this.element.scrollTop / room * Math.max(0, total - visible + 2))));
    const count = Math.max(0, Math.min(visible, total - first));
    while (this.body.childElementCount > count) this.body.lastChild.remove();
    while (this.body.childElementCount < count) this.body.append(row());
    for (let i = 0; i < count; i++) this.fill(this.body.children[i], first + i);
    this.table.style.transform = `translateY(${this.element.scrollTop}px)`;
  }

  fill(tr, i) {
    const { ids, times, values, x, y, series, names } = this.columns;
    tr.dataset.index = i;
    tr.setAttribute('aria-rowindex', i + 2);
    const located = x[i] === x[i];
    const texts = [ids[i], stamp(times[i]), values[i], located ? x[i] : '', located ? y[i] : '', names[series[i]] ?? ''];
    texts.forEach((text, k) => set(tr.children[k], String(text)));
  }

  dispose() {
    this.endLook();
    this.sizes.disconnect();
  }
}

function row() {
  const tr = document.createElement('tr');
  for (let i = 0; i < 6; i++) {
    const cell = document.createElement('td');
    if (i < 5) cell.className = 'num';
    tr.append(cell);
  }
  return tr;
}
