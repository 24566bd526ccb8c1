import { readerOf } from './chart-paint.js';
import { clock } from './format.js';

// How many rows the table has at most: more is a file's matter, which the menu offers.
const maxRows = 120;

// The values of a chart as a table, newest first, over the same range: for who reads by keyboard or ear. It lies over the drawing while it is open.
export class ChartValues {
  constructor(chart) {
    this.chart = chart;
    this.button = document.createElement('button');
    this.button.type = 'button';
    this.button.className = 'button small chart-values-toggle';
    this.button.textContent = 'Values as a table';
    this.button.setAttribute('aria-expanded', 'false');
    this.button.addEventListener('click', () => this.toggle());
    this.root = document.createElement('div');
    this.root.className = 'chart-values';
    this.root.hidden = true;
    this.root.tabIndex = 0;
    this.root.setAttribute('role', 'region');
    this.root.setAttribute('aria-label', 'Values of the chart');
    this.root.addEventListener('keydown', event => { if (event.key === 'Escape') this.toggle(); });
    chart.element.append(this.button, this.root);
  }

  toggle() {
    this.root.hidden = !this.root.hidden;
    this.button.setAttribute('aria-expanded', String(!this.root.hidden));
    this.button.textContent = this.root.hidden ? 'Values as a table' : 'Back to the chart';
    this.stamp = 0;
    this.update();
    (this.root.hidden ? this.button : this.root).focus();
  }

  // Once a second, and never while somebody has marked a piece of it to copy.
  update() {
    const now = performance.now();
    if (this.root.hidden || now - (this.stamp || -1e9) < 1000 || getSelection()?.containsNode(this.root, true) && !getSelection().isCollapsed) return;
    this.stamp = now;
    const { lines, names } = this.chart;
    const [from, to] = this.chart.range;
    const step = Math.max(this.chart.width, (to - from) / maxRows);
    const read = readerOf(this.chart);
    const rows = new Map();
    lines.forEach(({ columns }, line) => {
      for (let i = columns.find(from); i < columns.length && columns.start[i] <= to; i++) {
        const at = Math.floor(columns.start[i] / step);
        if (!rows.has(at)) rows.set(at, { time: columns.start[i], values: [] });
        rows.get(at).values[line] = read(columns, i);
      }
    });
    const table = document.createElement('table');
    table.className = 'table';
    const head = table.createTHead().insertRow();
    for (const [i, text] of ['Time', ...names.labels].entries()) {
      const cell = document.createElement('th');
      cell.scope = 'col';
      cell.className = i ? 'num' : '';
      cell.textContent = text;
      head.append(cell);
    }
    const body = table.createTBody();
    for (const at of [...rows.keys()].sort((a, b) => b - a).slice(0, maxRows)) {
      const { time, values } = rows.get(at);
      const row = body.insertRow();
      const cell = document.createElement('th');
      cell.scope = 'row';
      cell.textContent = clock(time, 1000);
      row.append(cell);
      lines.forEach((_, i) => {
        const value = row.insertCell();
        value.className = 'num';
        value.textContent = values[i] === undefined ? '' : this.chart.text(values[i]);
      });
    }
    this.root.replaceChildren(table);
  }
}
