import { readOf, widthOf } from './chart-paint.js';

// How often the columns are counted anew; the newest value is written with every frame.
const restMs = 500;
// For how long after the lines changed one without points is looked at with every frame: its past is under way, or it has none.
const pastMs = 2000;

// The legend under a chart: a table with last, min, mean and max of what is on screen, or a list where there is little room. A click on a name shows that line
// alone, with Shift it hides it; the same by Enter, and arrows go from name to name.
export class ChartLegend {
  constructor(chart) {
    this.chart = chart;
    this.more = 0;
    this.root = document.createElement('div');
    this.root.className = 'chart-legend';
    this.root.addEventListener('click', event => this.click(event));
    this.root.addEventListener('keydown', event => this.key(event));
    chart.element.append(this.root);
    this.rows = [];
  }

  get mode() {
    const { legend } = this.chart.options;
    if (legend && legend !== 'auto') return legend;
    if (this.chart.lines.length < 2) return 'list';
    return this.chart.element.clientHeight >= 200 && this.chart.element.clientWidth >= 320 ? 'table' : 'list';
  }

  rebuild(more) {
    this.more = more;
    const { lines, names } = this.chart;
    const mode = this.mode;
    this.shown = mode;
    this.root.dataset.mode = mode;
    this.rows = [];
    this.stamp = 0;
    this.begun = performance.now();
    this.root.replaceChildren();
    if (mode === 'none' || lines.length === 0) return;
    const table = document.createElement('table');
    table.innerHTML = '<caption class="visually-hidden"></caption><thead><tr><th scope="col"></th><th scope="col" class="num">Last</th><th scope="col" class="num">Min</th><th scope="col" class="num">Mean</th><th scope="col" class="num">Max</th></tr></thead><tbody></tbody>';
    table.caption.textContent = `Lines of the chart${names.head ? `, ${names.head}` : ''}`;
    table.tHead.rows[0].cells[0].textContent = names.key;
    for (const [i, line] of lines.entries()) table.tBodies[0].append(this.row(line, i));
    if (more > 0) {
      const row = table.createTFoot().insertRow();
      row.className = 'chart-legend-more';
      const cell = row.insertCell();
      cell.colSpan = 5;
      cell.textContent = `and ${more.toLocaleString('en')} more that are not drawn`;
    }
    this.root.append(table);
  }

  row(line, i) {
    const row = document.createElement('tr');
    row.innerHTML = '<th scope="row"><button type="button"><i aria-hidden="true"></i><span></span></button></th><td class="num"></td><td class="num"></td><td class="num"></td><td class="num"></td>';
    const button = row.querySelector('button');
    button.dataset.line = i;
    button.title = `${this.chart.names.series[i]}: click shows it alone, Shift and click hides it`;
    button.querySelector('span').textContent = line.label;
    const marker = row.querySelector('i');
    marker.className = `chart-key turn-${Math.min(line.turn, 2)}`;
    marker.style.setProperty('--key', `var(--chart-${line.slot + 1})`);
    this.rows.push({ row, button, cells: [...row.cells].slice(1) });
    return row;
  }

  update() {
    if (this.shown !== this.mode) this.rebuild(this.more);
    const now = performance.now();
    const all = now - (this.stamp ?? 0) >= restMs;
    if (all) this.stamp = now;
    const [from, to] = this.chart.range;
    for (const [i, { row, button, cells }] of this.rows.entries()) {
      const line = this.chart.lines[i];
      row.classList.toggle('off', line.hidden);
      const pressed = line.hidden ? 'false' : 'true';
      if (button.getAttribute('aria-pressed') !== pressed) button.setAttribute('aria-pressed', pressed);
      const { columns } = line;
      const begin = from - widthOf(this.chart, line);
      let end = columns.length - 1;
      if (!this.chart.isLive) while (end >= 0 && columns.start[end] > to) end--;
      set(cells[0], end >= 0 && columns.start[end] >= begin ? this.chart.text(this.chart.isLive ? columns.last[end] : readOf(this.chart, line)(columns, end)) : '–');
      if (!all || this.shown !== 'table') continue;
      const { min, mean, max, points } = summary(columns, begin, to);
      // A line whose past is under way is looked at again with the next frame.
      if (points === 0 && now - this.begun < pastMs) this.stamp = 0;
      set(cells[1], this.chart.text(min));
      set(cells[2], this.chart.text(mean));
      set(cells[3], this.chart.text(max));
    }
  }

  click(event) {
    const button = event.target.closest('button[data-line]');
    if (!button) return;
    const { lines } = this.chart;
    const line = lines[Number(button.dataset.line)];
    if (event.shiftKey || event.ctrlKey || event.metaKey) {
      line.hidden = !line.hidden;
    } else {
      const alone = !line.hidden && lines.every(other => other === line || other.hidden);
      for (const other of lines) other.hidden = !alone && other !== line;
    }
    this.chart.draw();
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const button = event.target.closest('button[data-line]');
    if (!step || !button) return;
    event.preventDefault();
    const at = (Number(button.dataset.line) + step + this.rows.length) % this.rows.length;
    this.rows[at].button.focus();
  }
}

// Smallest, mean and largest of the points in a stretch; means weigh by their points.
export function summary(columns, from, to) {
  let [min, max, sum, points] = [Infinity, -Infinity, 0, 0];
  for (let i = columns.find(from); i < columns.length && columns.start[i] <= to; i++) {
    min = Math.min(min, columns.min[i]);
    max = Math.max(max, columns.max[i]);
    sum += columns.mean[i] * columns.points[i];
    points += columns.points[i];
  }
  return points === 0 ? { min: NaN, mean: NaN, max: NaN, points } : { min, mean: sum / points, max, points };
}

function set(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
