import { fade, token } from './theme-colors.js';

// The bands in which lines are expected, as steps of the detector's bars, with the anomalous stretches shaded; under the lines.
export function paintExpected(view, chart) {
  let shaded = 0;
  for (const band of chart.expected ?? []) {
    const at = chart.names.series.indexOf(band.series);
    const line = chart.lines[at];
    if (!line || line.hidden) continue;
    shaded += shade(view, band.strange);
    fill(view, band, chart.colors[line.slot]);
  }
  chart.element.dataset.strange = shaded;
}

// [smallest, largest] of the bands in a stretch.
export function expectedWithin(chart, from, to) {
  let [min, max] = [Infinity, -Infinity];
  for (const { series, times, low, high, width } of chart.expected ?? []) {
    if (chart.lines[chart.names.series.indexOf(series)]?.hidden) continue;
    times.forEach((time, i) => {
      if (low[i] === null || time + width < from || time > to) return;
      min = Math.min(min, low[i]);
      max = Math.max(max, high[i]);
    });
  }
  return [min, max];
}

function shade({ ctx, pr, x, min, max, top, bottom }, strange) {
  let count = 0;
  ctx.fillStyle = fade(token('--warn'), 0.16);
  for (let i = 0; i < strange.length; i += 2) {
    if (strange[i + 1] < min || strange[i] > max) continue;
    const left = x(Math.max(strange[i], min));
    ctx.fillRect(left, top, Math.max(pr, x(strange[i + 1]) - left), bottom - top);
    count++;
  }
  return count;
}

function fill({ ctx, pr, x, y, min, max }, { times, low, high, width }, color) {
  let run = [];
  const close = () => {
    if (run.length > 0) draw(ctx, pr, run, color);
    run = [];
  };
  for (let i = 0; i < times.length; i++) {
    if (low[i] === null || times[i] + width < min || times[i] > max) {
      close();
      continue;
    }
    if (run.length > 0 && times[i] - times[i - 1] > 1.5 * width) close();
    // The last bar is open still: what was expected of the one before goes on until it is judged.
    const end = i === times.length - 1 ? Math.max(times[i] + width, max) : times[i] + width;
    run.push([x(Math.max(times[i], min)), x(end), y(low[i]), y(high[i])]);
  }
  close();
}

function draw(ctx, pr, run, color) {
  const path = new Path2D();
  run.forEach(([from, to, , high], i) => {
    if (i === 0) path.moveTo(from, high);
    path.lineTo(from, high);
    path.lineTo(to, high);
  });
  for (const [from, to, low] of run.toReversed()) {
    path.lineTo(to, low);
    path.lineTo(from, low);
  }
  path.closePath();
  ctx.fillStyle = fade(color, 0.1);
  ctx.fill(path);
  ctx.strokeStyle = fade(color, 0.45);
  ctx.lineWidth = pr;
  ctx.setLineDash([3 * pr, 3 * pr]);
  ctx.stroke(path);
  ctx.setLineDash([]);
}
