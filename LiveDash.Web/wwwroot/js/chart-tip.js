import { readOf, widthOf } from './chart-paint.js';
import { clock } from './format.js';

// What stands under the cursor: the time, the tags that all lines share, and a value a line. It stays beside the cursor and flips at the edge. On the other
// charts of the page, which follow the cursor, only the dots show.
export class ChartTip {
  constructor(chart) {
    this.chart = chart;
    this.over = chart.plot.over;
    this.element = document.createElement('div');
    this.element.className = 'chart-tip';
    this.element.hidden = true;
    this.dots = [];
    this.over.append(this.element);
    this.over.addEventListener('pointerenter', () => { this.own = true; });
    this.over.addEventListener('pointerleave', () => { this.own = false; this.hide(); });
  }

  // The cursor moved.
  move(u) {
    this.left = u.cursor.left;
    this.update();
  }

  // The cursor stands, the chart moves on.
  update() {
    const { chart } = this;
    const u = chart.plot;
    if (!(this.left >= 0) || !u) return this.hide();
    const time = u.posToVal(this.left, 'x');
    const near = 12 * (u.scales.x.max - u.scales.x.min) / this.over.clientWidth;
    const found = [];
    for (const line of chart.lines) {
      if (line.hidden) continue;
      const { columns } = line;
      const width = widthOf(chart, line);
      const at = columns.nearest(time - width / 2, Math.max(width, near, Math.min(columns.gap(width) / 2, 1e15)));
      if (at >= 0) found.push({ line, time: columns.start[at], value: readOf(chart, line)(columns, at), low: columns.min[at], high: columns.max[at] });
    }
    // On areas that stand on one another a value is no height.
    this.placeDots(u, chart.options.style === 'stacked' ? [] : found);
    if (!this.own || found.length === 0) {
      this.element.hidden = true;
      return;
    }
    this.write(found);
    this.place();
  }

  write(found) {
    const { chart, element } = this;
    const key = found.map(f => f.line.label).join('\n');
    if (key !== this.key) {
      this.key = key;
      element.replaceChildren(head(), ...found.map(({ line }) => row(line)));
      element.querySelector('[data-part="head"]').textContent = found.length > 1 || chart.lines.length > 1 ? chart.names.head.split(', ').filter(part => part.includes('=')).join(', ') : '';
    }
    set(element.querySelector('[data-part="time"]'), clock(found[0].time, Math.min(1000, chart.width >= 1000 ? 1000 : 1)));
    const rows = element.querySelectorAll('.chart-tip-row');
    found.forEach(({ value, low, high }, i) => {
      set(rows[i].querySelector('b'), chart.text(value));
      set(rows[i].querySelector('small'), found.length === 1 && low !== high ? `${chart.text(low)} to ${chart.text(high)}` : '');
      rows[i].classList.toggle('hot', beyond(chart.thresholds, value));
    });
  }

  place() {
    const { element, over, left } = this;
    element.hidden = false;
    const room = over.clientWidth - left;
    const width = element.offsetWidth;
    element.style.left = `${room < width + 16 ? Math.max(0, left - width - 12) : left + 12}px`;
    element.style.top = '4px';
  }

  placeDots(u, found) {
    while (this.dots.length < found.length) {
      const dot = document.createElement('i');
      dot.className = 'chart-dot';
      this.over.append(dot);
      this.dots.push(dot);
    }
    this.dots.forEach((dot, i) => {
      dot.hidden = i >= found.length;
      if (dot.hidden) return;
      const { line, time, value } = found[i];
      dot.style.setProperty('--key', `var(--chart-${line.slot + 1})`);
      dot.style.transform = `translate(${Math.min(u.valToPos(time + widthOf(this.chart, line) / 2, 'x'), this.over.clientWidth)}px, ${u.valToPos(value, 'y')}px)`;
    });
  }

  hide() {
    this.element.hidden = true;
    for (const dot of this.dots) dot.hidden = true;
  }
}

const beyond = (thresholds, value) => thresholds.some(t => t.severity !== 'ok' && (t.below ? value < t.value : value > t.value));

function head() {
  const line = document.createElement('p');
  line.className = 'chart-tip-head';
  line.innerHTML = '<b data-part="time"></b><span data-part="head"></span>';
  return line;
}

function row(line) {
  const element = document.createElement('p');
  element.className = 'chart-tip-row';
  element.innerHTML = '<i class="chart-key"></i><span></span><small></small><b></b>';
  element.querySelector('i').style.setProperty('--key', `var(--chart-${line.slot + 1})`);
  element.querySelector('span').textContent = line.label;
  return element;
}

function set(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
