import { fade, token } from './theme-colors.js';

// Draws columns as a small line over [from, to] ms, filled to the lower edge. Sharp on any screen.
export function drawSparkline(canvas, columns, from, to) {
  const scale = devicePixelRatio || 1;
  const width = Math.round(canvas.clientWidth * scale);
  const height = Math.round(canvas.clientHeight * scale);
  if (width === 0 || height === 0) return;
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  const g = canvas.getContext('2d');
  g.clearRect(0, 0, width, height);
  const begin = Math.max(0, columns.find(from) - 1);
  if (begin >= columns.length) return;

  let [low, high] = [Infinity, -Infinity];
  for (let i = begin; i < columns.length; i++) {
    low = Math.min(low, columns.min[i]);
    high = Math.max(high, columns.max[i]);
  }
  const pad = 1.5 * scale;
  const x = time => (time - from) / (to - from) * width;
  const y = value => high === low ? height / 2 : height - pad - (value - low) / (high - low) * (height - 2 * pad);

  const line = new Path2D();
  for (let i = begin; i < columns.length; i++) {
    const at = x(columns.start[i]);
    if (i === begin) line.moveTo(at, y(columns.first[i]));
    for (const value of [columns.first[i], columns.min[i], columns.max[i], columns.last[i]]) line.lineTo(at, y(value));
  }
  // The newest value holds until the next comes.
  line.lineTo(width, y(columns.last[columns.length - 1]));
  const color = token('--chart-1');
  const area = new Path2D(line);
  area.lineTo(width, height);
  area.lineTo(x(columns.start[begin]), height);
  g.fillStyle = fade(color, 0.12);
  g.fill(area);
  g.strokeStyle = color;
  g.lineWidth = 1.5 * scale;
  g.lineJoin = 'round';
  g.stroke(line);
}
