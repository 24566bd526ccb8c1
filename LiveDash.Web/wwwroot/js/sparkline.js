import { fade, rem, token } from './theme-colors.js';

// Draws columns as a small line of means over [from, to] ms with a band from min to max, filled to the lower edge; gaps stay gaps. Sharp on any screen. `color` is a token's name, `thresholds`
// are lines across, `dot` marks the newest value where the line does not run into the edge; `steps` is for states, which hold until the next and have no values between.
export function drawSparkline(canvas, columns, from, to, { color: name = '--chart-1', thresholds = [], dot = false, steps = false } = {}) {
  const scale = devicePixelRatio || 1;
  const width = Math.round(canvas.clientWidth * scale);
  const height = Math.round(canvas.clientHeight * scale);
  if (width === 0 || height === 0) return;
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  const g = canvas.getContext('2d');
  g.clearRect(0, 0, width, height);
  const begin = Math.max(0, columns.find(from) - 1);
  let end = columns.length;
  while (end > begin && columns.start[end - 1] > to) end--;
  if (begin >= end) return;

  const stroke = scale * rem();
  const gap = steps ? Infinity : columns.gap((to - from) / Math.max(1, canvas.clientWidth / 3));
  const [low, high] = bounds(columns, begin, end, thresholds);
  const pad = (dot ? 3 : 5) * stroke;
  const right = dot ? width - 4 * stroke : width;
  const x = time => (time - from) / (to - from) * right;
  const y = value => high === low ? height / 2 : height - pad - (value - low) / (high - low) * (height - 2 * pad);
  const color = token(name);
  g.lineJoin = g.lineCap = 'round';
  for (let i = begin; i < end;) {
    const first = i;
    const line = new Path2D();
    const band = new Path2D();
    do {
      const at = x(columns.start[i]);
      if (steps && i > first) line.lineTo(at, y(columns.last[i - 1]));
      line.lineTo(at, y(steps ? columns.last[i] : columns.mean[i]));
      band.lineTo(at, y(columns.max[i]));
      i++;
    } while (i < end && columns.start[i] - columns.start[i - 1] <= gap);
    for (let back = i - 1; back >= first; back--) band.lineTo(x(columns.start[back]), y(columns.min[back]));
    // The newest value holds until the next comes, unless that is long overdue.
    const holds = i === end && to - columns.start[end - 1] <= gap;
    const until = holds ? right : x(columns.start[i - 1]);
    line.lineTo(until, y(columns.last[i - 1]));
    const area = new Path2D(line);
    area.lineTo(until, height);
    area.lineTo(x(columns.start[first]), height);
    g.fillStyle = fade(color, 0.16);
    g.fill(area);
    if (!steps) {
      g.fillStyle = fade(color, 0.3);
      g.fill(band);
    }
    g.strokeStyle = color;
    g.lineWidth = 1.5 * stroke;
    g.stroke(line);
    if (i - first === 1 || (dot && holds)) point(g, until, y(columns.last[i - 1]), 2.25 * stroke, color);
  }
  for (const { value, severity } of thresholds) {
    if (value < low || value > high) continue;
    g.strokeStyle = token(`--${severity}`);
    g.lineWidth = 1.25 * stroke;
    g.setLineDash([5 * stroke, 4 * stroke]);
    g.beginPath();
    g.moveTo(0, y(value));
    g.lineTo(width, y(value));
    g.stroke();
    g.setLineDash([]);
  }
}

// A threshold that is near widens what is seen; one that is far away would press the line flat.
function bounds(columns, begin, end, thresholds) {
  let [low, high] = [Infinity, -Infinity];
  for (let i = begin; i < end; i++) {
    low = Math.min(low, columns.min[i]);
    high = Math.max(high, columns.max[i]);
  }
  const reach = (high - low || Math.abs(high) || 1) * 2;
  for (const { value } of thresholds) {
    if (value > high && value - high < reach) high = value;
    if (value < low && low - value < reach) low = value;
  }
  return [low, high];
}

function point(g, x, y, radius, color) {
  g.beginPath();
  g.arc(x, y, radius, 0, 2 * Math.PI);
  g.fillStyle = color;
  g.fill();
}
