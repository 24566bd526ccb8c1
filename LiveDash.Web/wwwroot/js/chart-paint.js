import { fade, rem, token } from './theme-colors.js';
import { duration } from './format.js';

// What a column of a line says, by the panel's aggregate.
const readers = {
  mean: (c, i) => c.mean[i], last: (c, i) => c.last[i], first: (c, i) => c.first[i], min: (c, i) => c.min[i], max: (c, i) => c.max[i],
  sum: (c, i) => c.mean[i] * c.points[i], count: (c, i) => c.points[i],
};

export const readerOf = chart => readers[chart.options.aggregate] ?? readers.mean;

// What a line has of its own, where its panel says so: { width, read }; the rest is the chart's.
export const own = ({ width, aggregate }) => ({ width, read: readers[aggregate] });

export const readOf = (chart, line) => line.read ?? readerOf(chart);
export const widthOf = (chart, line) => line.width ?? chart.width;

const isStacked = chart => chart.options.style === 'stacked';

// A band from the smallest to the largest stands around a mean alone: around a sum it would mean nothing.
const hasBand = (chart, line) => chart.options.band !== false && readOf(chart, line) === readers.mean;

// [smallest, largest] of what is seen in a stretch; the first is larger where there is nothing.
export function valuesOf(chart, from, to) {
  if (isStacked(chart)) return extent(stack(chart.lines.filter(line => !line.hidden), readerOf(chart), chart.width, from, to));
  let [min, max] = [Infinity, -Infinity];
  for (const line of chart.lines) {
    if (line.hidden) continue;
    const { columns } = line;
    const read = readOf(chart, line);
    const band = hasBand(chart, line);
    for (let i = Math.max(0, columns.find(from - widthOf(chart, line)) - 1); i < columns.length && columns.start[i] <= to; i++) {
      const low = band ? columns.min[i] : read(columns, i);
      const high = band ? columns.max[i] : low;
      if (low < min) min = low;
      if (high > max) max = high;
    }
  }
  return [min, max];
}

// Paints the lines, their bands and gaps and the thresholds; after the axes, under the marks.
export function paint(u, chart) {
  const { ctx, bbox } = u;
  const { min, max } = u.scales.x;
  const y = u.scales.y;
  if (min == null || y.min == null) return;
  const view = {
    ctx, min, max, pr: devicePixelRatio * rem(), left: bbox.left, right: bbox.left + bbox.width, top: bbox.top, bottom: bbox.top + bbox.height,
    x: time => bbox.left + (Math.min(time, max) - min) / (max - min) * bbox.width,
    y: value => bbox.top + (1 - (value - y.min) / (y.max - y.min)) * bbox.height,
  };
  ctx.save();
  ctx.beginPath();
  // A dot at the edge is whole.
  ctx.rect(bbox.left, bbox.top - 4 * view.pr, bbox.width + 6 * view.pr, bbox.height + 8 * view.pr);
  ctx.clip();
  if (isStacked(chart)) paintStack(view, chart);
  else paintLines(view, chart);
  ctx.restore();
  paintThresholds(view, chart);
}

function paintLines(view, chart) {
  const lines = chart.lines.filter(line => !line.hidden).map(line => trace(chart, line, view));
  chart.bands?.paintExpected(view, chart);
  for (const line of lines) paintBand(view, chart, line);
  paintGaps(view, chart, lines);
  for (const line of lines) paintLine(view, chart, line);
}

// The uppermost first, so that each line is seen over the area above it.
function paintStack({ ctx, pr, x, y, min, max }, chart) {
  const lines = chart.lines.filter(line => !line.hidden);
  const { times, tops } = stack(lines, readerOf(chart), chart.width, min, max);
  if (times.length === 0) return;
  const xs = times.map(time => x(time + chart.width / 2));
  for (let k = lines.length - 1; k >= 0; k--) {
    const color = chart.colors[lines[k].slot];
    const top = tops[k].map(y);
    const foot = k === 0 ? times.map(() => y(0)) : tops[k - 1].map(y);
    const area = new Path2D();
    for (let i = 0; i < xs.length; i++) area.lineTo(xs[i], top[i]);
    for (let i = xs.length - 1; i >= 0; i--) area.lineTo(xs[i], foot[i]);
    ctx.fillStyle = fade(color, 0.45);
    ctx.fill(area);
    const edge = new Path2D();
    for (let i = 0; i < xs.length; i++) edge.lineTo(xs[i], top[i]);
    ctx.strokeStyle = color;
    ctx.lineWidth = 1.5 * pr;
    ctx.stroke(edge);
    if (xs.length === 1) dot(ctx, xs[0], top[0], 2.25 * pr, color);
  }
}

// Where each visible column lies, cut into the stretches between gaps.
function trace(chart, line, view) {
  const { columns } = line;
  const read = readOf(chart, line);
  const width = widthOf(chart, line);
  const gap = columns.gap(width);
  const from = Math.max(0, columns.find(view.min - width) - 1);
  const runs = [];
  const gaps = [];
  let run = null;
  let moved = 0;
  let count = 0;
  for (let i = from; i < columns.length && columns.start[i] <= view.max + width; i++) {
    if (run === null || columns.start[i] - columns.start[i - 1] > gap) {
      if (run !== null) gaps.push([i - 1, i]);
      runs.push(run = { xs: [], ys: [], low: [], high: [] });
    }
    run.xs.push(view.x(columns.start[i] + width / 2));
    run.ys.push(view.y(read(columns, i)));
    run.low.push(view.y(columns.min[i]));
    run.high.push(view.y(columns.max[i]));
    if (columns.min[i] !== columns.max[i]) moved++;
    count++;
  }
  const last = from + count - 1;
  const silent = chart.isLive && count > 0 ? view.max - columns.start[last] : 0;
  if (silent > gap) gaps.push([last, -1]);
  return { line, runs, gaps, count, last, dense: hasBand(chart, line) && moved > 0.3 * count, color: chart.colors[line.slot] };
}

function paintBand({ ctx, bottom }, chart, { runs, dense, color }) {
  const area = chart.options.style === 'area';
  if (!dense && !area) return;
  for (const { xs, ys, low, high } of runs) {
    if (xs.length < 2) continue;
    const path = new Path2D();
    if (area) {
      path.moveTo(xs[0], bottom);
      for (let i = 0; i < xs.length; i++) path.lineTo(xs[i], ys[i]);
      path.lineTo(xs.at(-1), bottom);
    } else {
      for (let i = 0; i < xs.length; i++) path.lineTo(xs[i], high[i]);
      for (let i = xs.length - 1; i >= 0; i--) path.lineTo(xs[i], low[i]);
    }
    ctx.fillStyle = fade(color, area ? 0.3 : 0.16);
    ctx.fill(path);
  }
}

function paintLine({ ctx, pr, left, right }, chart, { line, runs, count, dense, color }) {
  const steps = chart.options.style === 'steps';
  ctx.strokeStyle = color;
  ctx.lineWidth = 1.75 * pr;
  ctx.lineJoin = ctx.lineCap = 'round';
  ctx.setLineDash(line.turn === 0 ? [] : line.turn === 1 ? [6 * pr, 4 * pr] : [2 * pr, 3 * pr]);
  const path = new Path2D();
  for (const { xs, ys } of runs) {
    path.moveTo(xs[0], ys[0]);
    for (let i = 1; i < xs.length; i++) {
      if (steps) path.lineTo(xs[i], ys[i - 1]);
      path.lineTo(xs[i], ys[i]);
    }
  }
  ctx.stroke(path);
  ctx.setLineDash([]);
  // Far apart, each point is a dot; a lone one always is, and so is the last.
  const sparse = !dense && count < (right - left) / (12 * pr);
  runs.forEach(({ xs, ys }, at) => {
    if (sparse || xs.length === 1) for (let i = 0; i < xs.length; i++) dot(ctx, xs[i], ys[i], 2.25 * pr, color);
    if (at === runs.length - 1) dot(ctx, xs.at(-1), ys.at(-1), 3 * pr, color, token('--surface'), 1.5 * pr);
  });
}

function dot(ctx, x, y, radius, color, ring, width) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fillStyle = color;
  ctx.fill();
  if (!ring) return;
  ctx.strokeStyle = ring;
  ctx.lineWidth = width;
  ctx.stroke();
}

function paintGaps(view, chart, lines) {
  const { ctx, pr } = view;
  const spots = lines.flatMap(line => gapsOf(view, chart, line)).filter(({ x0, x1 }) => x1 - x0 >= 3 * pr);
  if (spots.length === 0) return;
  ctx.fillStyle = hatch(ctx, pr);
  for (const { x0, x1, y } of spots) ctx.fillRect(x0, y - 12 * pr, x1 - x0, 24 * pr);
  ctx.font = font(pr);
  for (const { text, x, y } of gapWords(spots, view, chart.lines.length > 1, text => ctx.measureText(text).width)) words(ctx, text, x, y, token('--chart-axis'), pr, 'center');
}

// What is said of gaps, and where: lines that are silent together say so once, and words that would lie on others are left out.
export function gapWords(spots, { left, right, bottom, pr }, isNamed, measure) {
  const together = new Map();
  for (const spot of spots) {
    const key = `${Math.round(spot.x0 / (4 * pr))} ${Math.round(spot.x1 / (4 * pr))}`;
    together.set(key, [...together.get(key) ?? [], spot]);
  }

  const told = [];
  for (const alike of together.values()) {
    const { x0, x1, label, silent } = alike[0];
    const said = `no data, ${duration(silent)}`;
    const text = [isNamed && alike.length === 1 ? `${label}: ${said}` : said, said, 'no data'].find(words => measure(words) < x1 - x0 + 40 * pr);
    if (!text) continue;
    const room = measure(text) / 2 + 2 * pr;
    const x = Math.max(left + room, Math.min((x0 + x1) / 2, right - room));
    const y = Math.min(Math.max(...alike.map(one => one.y)) + 24 * pr, bottom - 4 * pr);
    if (!told.some(other => Math.abs(other.x - x) < other.room + room && Math.abs(other.y - y) < 13 * pr)) told.push({ text, x, y, room });
  }

  return told;
}

// Where a line is silent: from x0 to x1, about y, and for how long.
function gapsOf({ x, right, top, bottom, max, pr }, chart, { line, gaps, runs }) {
  const { start } = line.columns;
  const half = widthOf(chart, line) / 2;
  return gaps.map(([before, after], run) => {
    const y0 = runs[run].ys.at(-1);
    const y1 = after < 0 ? y0 : runs[run + 1].ys[0];
    return {
      x0: x(start[before] + half), x1: after < 0 ? right : x(start[after] + half), y: Math.min(Math.max((y0 + y1) / 2, top + 14 * pr), bottom - 14 * pr),
      label: line.label, silent: (after < 0 ? max : start[after]) - start[before],
    };
  });
}

function paintThresholds(view, chart) {
  const { ctx, pr, left, right, top, bottom } = view;
  // Of thresholds that lie on one another only one has room for its words.
  const said = [];
  for (const { value, severity, text } of chart.thresholds) {
    const y = view.y(value);
    if (y < top - 1 || y > bottom + 1) continue;
    const color = token(`--${severity}`);
    ctx.save();
    ctx.strokeStyle = color;
    ctx.lineWidth = 1.25 * pr;
    ctx.setLineDash([5 * pr, 4 * pr]);
    ctx.beginPath();
    ctx.moveTo(left, y);
    ctx.lineTo(right, y);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.font = font(pr, 500);
    const narrow = right - left < 420 * pr;
    const at = y - 5 * pr < top + 8 * pr ? y + 13 * pr : y - 5 * pr;
    if (!said.some(other => Math.abs(other - at) < 13 * pr)) words(ctx, narrow ? text.split(' ')[0] : text, left + 6 * pr, at, color, pr, 'left');
    said.push(at);
    ctx.restore();
  }
}

const font = (pr, weight = 400) => `${weight} ${11 * pr}px ${getComputedStyle(document.body).fontFamily}`;

// With a halo of the surface, so that a line behind does not cross the letters.
function words(ctx, text, x, y, color, pr, align) {
  ctx.textAlign = align;
  ctx.textBaseline = 'alphabetic';
  ctx.lineJoin = 'round';
  ctx.strokeStyle = token('--surface');
  ctx.lineWidth = 3 * pr;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = color;
  ctx.fillText(text, x, y);
}

let hatched = { key: '', pattern: null };

function hatch(ctx, pr) {
  const color = token('--line-strong');
  const key = `${color} ${pr}`;
  if (hatched.key === key) return hatched.pattern;
  const size = Math.round(6 * pr);
  const canvas = new OffscreenCanvas(size, size);
  const g = canvas.getContext('2d');
  g.strokeStyle = fade(color, 0.45);
  g.lineWidth = 1.2 * pr;
  for (const shift of [-size, 0, size]) {
    g.beginPath();
    g.moveTo(shift, size);
    g.lineTo(shift + size, 0);
    g.stroke();
  }
  hatched = { key, pattern: ctx.createPattern(canvas, 'repeat') };
  return hatched.pattern;
}

// Areas on one another: each line stands on the sum of those before it. Lines have columns at times of their own, so the sums are taken at every time that
// any of them has one; in between a line lies on the straight way to its next column, and within a gap and beyond its ends it is nothing.

// Gives { times, tops } of what is seen: tops[k][i] is the sum of the first k + 1 lines at times[i]. A line may have a read and a width of its own.
export function stack(lines, read, width, from, to) {
  const times = [...new Set(lines.flatMap(line => seen(line.columns, from, to, line.width ?? width)))].sort((a, b) => a - b);
  let below = times.map(() => 0);
  const tops = lines.map(line => {
    const values = along(line.columns, line.read ?? read, line.width ?? width, times);
    return (below = below.map((sum, i) => sum + values[i]));
  });
  return { times, tops };
}

// The times of the columns within a stretch, and one on either side.
function seen(columns, from, to, width) {
  const first = Math.max(0, columns.find(from - width) - 1);
  let end = first;
  while (end < columns.length && columns.start[end] <= to + width) end++;
  return columns.start.slice(first, end);
}

function along(columns, read, width, times) {
  const gap = columns.gap(width);
  let at = times.length > 0 ? columns.find(times[0]) : 0;
  return times.map(time => {
    while (at < columns.length && columns.start[at] < time) at++;
    if (at < columns.length && columns.start[at] === time) return read(columns, at);
    if (at === 0 || at === columns.length) return 0;
    const [t0, t1] = [columns.start[at - 1], columns.start[at]];
    if (t1 - t0 > gap) return 0;
    const [v0, v1] = [read(columns, at - 1), read(columns, at)];
    return v0 + (v1 - v0) * (time - t0) / (t1 - t0);
  });
}

// [smallest, largest] of the sums; the first is larger where there is nothing.
export function extent({ tops }) {
  let [min, max] = [Infinity, -Infinity];
  for (const sums of tops) {
    for (const sum of sums) {
      if (sum < min) min = sum;
      if (sum > max) max = sum;
    }
  }
  return min > max ? [min, max] : [Math.min(0, min), max];
}
