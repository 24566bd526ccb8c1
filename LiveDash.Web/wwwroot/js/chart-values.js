import { readOf } from './chart-paint.js';
import { clock } from './format.js';

// How many rows the table has at most: more is a file's matter, which the menu offers.
const maxRows = 120;

// The values of a chart, newest first, over the range that it shows; see values-table.js.
export function tableOf(chart) {
  const { lines, names } = chart;
  const [from, to] = chart.range;
  const step = Math.max(chart.width, (to - from) / maxRows);
  const found = new Map();
  lines.forEach((line, at) => {
    const { columns } = line;
    const read = readOf(chart, line);
    for (let i = columns.find(from); i < columns.length && columns.start[i] <= to; i++) {
      const row = Math.floor(columns.start[i] / step);
      if (!found.has(row)) found.set(row, { time: columns.start[i], values: [] });
      found.get(row).values[at] = read(columns, i);
    }
  });
  const rows = [...found.keys()].sort((a, b) => b - a).slice(0, maxRows).map(key => {
    const { time, values } = found.get(key);
    return [clock(time, 1000), ...lines.map((_, i) => (values[i] === undefined ? '' : chart.text(values[i])))];
  });
  return { head: ['Time', ...names.labels], rows, numbers: 1 };
}
