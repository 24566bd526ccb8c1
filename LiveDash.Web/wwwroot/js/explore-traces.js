import { plotlyScale } from './theme-colors.js';

// So many points are drawn one by one; above it cells of the screen are coloured by how many lie in each, which no number of points makes slow.
const mostMarks = 20000;
// So many series have a line of the legend each; the points of more are told apart by colour and tooltip alone.
const mostNamed = 12;
const cellPixels = 3;
const margin = 0.25;

// What Plotly draws of the points within a view and a margin around it, on the typed traces that the server made. `figure` gives the traces, `look` the
// colours and titles: { stops, bar, palette, slots, mapped, value }.
export function traces(figure, columns, [xs, ys], view, { width, height, gl }, look) {
  const [minX, maxX, minY, maxY] = view;
  const [outX, outY] = [(maxX - minX) * margin, (maxY - minY) * margin];
  const box = { left: minX - outX, bottom: minY - outY, wide: maxX - minX + 2 * outX, high: maxY - minY + 2 * outY };
  const w = Math.max(8, Math.round(width * (1 + 2 * margin) / cellPixels));
  const h = Math.max(8, Math.round(height * (1 + 2 * margin) / cellPixels));
  const counts = new Uint32Array(w * h);
  let within = 0;
  let most = 1;
  for (let i = 0; i < columns.length; i++) {
    const column = Math.floor((xs[i] - box.left) / box.wide * w);
    const row = Math.floor((ys[i] - box.bottom) / box.high * h);
    // A NaN fails every comparison, so a point without a place is in no cell.
    if (!(column >= 0 && column < w && row >= 0 && row < h)) continue;
    within++;
    const count = ++counts[row * w + column];
    if (count > most) most = count;
  }
  return within <= mostMarks && gl ? marks(figure.marks, columns, xs, ys, box, look) : [cells(figure.cells, counts, w, h, box, most, look)];
}

// Counts spread over powers, so colours and their bar follow the logarithm.
function cells(trace, counts, w, h, { left, bottom, wide, high }, most, { stops, bar }) {
  const z = Array.from({ length: h }, (_, row) => Array.from(counts.subarray(row * w, row * w + w), count => (count ? Math.log10(count) : null)));
  const decades = Array.from({ length: Math.floor(Math.log10(most)) + 1 }, (_, power) => power);
  const ticks = most < 10 ? Array.from({ length: most }, (_, i) => Math.log10(i + 1)) : decades;
  const top = Math.max(1e-9, Math.log10(most));
  return {
    ...trace, z, customdata: Array.from({ length: h }, (_, row) => counts.subarray(row * w, row * w + w)), x0: left + wide / w / 2, dx: wide / w, y0: bottom + high / h / 2, dy: high / h,
    zmin: most === 1 ? -1 : 0, zmax: top, colorscale: plotlyScale(stops), showscale: most > 1,
    colorbar: { ...trace.colorbar, ...bar, title: { ...trace.colorbar.title, text: 'points in a cell' }, tickvals: ticks, ticktext: ticks.map(tick => String(Math.round(10 ** tick))) },
  };
}

function marks(trace, columns, xs, ys, { left, bottom, wide, high }, look) {
  const { series, names, length } = columns;
  const groups = names.length <= mostNamed ? names.map(() => []) : [[]];
  for (let i = 0; i < length; i++) {
    if (xs[i] >= left && xs[i] < left + wide && ys[i] >= bottom && ys[i] < bottom + high) (groups.length > 1 ? groups[series[i]] : groups[0]).push(i);
  }
  const size = length > 5000 ? 4 : 6;
  if (names.length <= 1 && look.mapped) return [byValue(trace, columns, xs, ys, groups[0] ?? [], size, look)];
  const shown = groups.map((places, i) => mark(trace, xs, ys, places, {
    name: names[i], showlegend: groups.length > 1, marker: { ...trace.marker, showscale: false, size, color: groups.length > 1 || names.length <= 1 ? color(look, names[i], i) : places.map(k => color(look, names[series[k]], series[k])) },
  })).filter(made => made.x.length > 0);
  return shown.length > 0 ? shown : [mark(trace, xs, ys, [], {})];
}

function byValue(trace, { values }, xs, ys, places, size, { stops, bar, value }) {
  const colors = Float64Array.from(places, i => values[i]);
  return mark(trace, xs, ys, places, {
    showlegend: false, marker: { ...trace.marker, size, color: colors, colorscale: plotlyScale(stops), showscale: places.length > 0, colorbar: { ...trace.marker.colorbar, ...bar, title: { ...trace.marker.colorbar.title, text: value } } },
  });
}

const mark = (trace, xs, ys, places, more) => ({ ...trace, x: Float64Array.from(places, i => xs[i]), y: Float64Array.from(places, i => ys[i]), customdata: Float64Array.from(places), ...more });

// The colour that the series has on every dashboard; of one that the server did not name, by its order.
const color = ({ palette, slots }, name, i) => palette[slots[name] ?? i % palette.length];
