// Shapes are lists of polygons, a polygon a list of rings (the first its border, the others holes), a ring a list of corners [x, y] without the first one again at its end.

export function toGeometry(polygons) {
  const closed = polygons.map(rings => rings.map(ring => [...ring, ring[0]]));
  return closed.length === 1 ? { type: 'Polygon', coordinates: closed[0] } : { type: 'MultiPolygon', coordinates: closed };
}

// Takes a Polygon, a MultiPolygon, a Feature, or a FeatureCollection of them. Whether the shape is sound is the server's word.
export function fromText(text) {
  let json;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`This is not JSON: ${error.message}`);
  }
  const geometries = json?.type === 'FeatureCollection' ? (json.features ?? []).map(f => f.geometry) : [json?.type === 'Feature' ? json.geometry : json];
  const polygons = geometries.flatMap(g => (g?.type === 'Polygon' ? [g.coordinates] : g?.type === 'MultiPolygon' ? g.coordinates : []));
  if (polygons.length === 0) throw new Error(`A Polygon or MultiPolygon is needed; this is ${json?.type ? `a ${json.type}` : 'no GeoJSON'} without one.`);
  const found = polygons.map(rings => rings.map(open));
  if (found.some(rings => rings.length === 0 || rings.some(ring => ring.length < 3))) throw new Error('A ring needs three corners.');
  return found;
}

function open(ring) {
  const corners = ring.map(corner => [Number(corner[0]), Number(corner[1])]);
  if (corners.some(corner => !corner.every(Number.isFinite))) throw new Error('A corner is two numbers, [x, y].');
  const [first, last] = [corners[0], corners.at(-1)];
  return corners.length > 1 && first[0] === last[0] && first[1] === last[1] ? corners.slice(0, -1) : corners;
}

// Points of columns as a FeatureCollection, in pieces for a Blob.
export function features(columns) {
  const pieces = ['{"type":"FeatureCollection","features":['];
  const { length, ids, times, values, x, y, series, names } = columns;
  for (let i = 0; i < length; i++) {
    const properties = { id: ids[i], t: Number.isFinite(times[i]) ? new Date(times[i]).toISOString() : undefined, value: values[i], series: names[series[i]] };
    const geometry = Number.isNaN(x[i]) ? null : { type: 'Point', coordinates: [x[i], y[i]] };
    pieces.push(`${i ? ',\n' : '\n'}{"type":"Feature","geometry":${JSON.stringify(geometry)},"properties":${JSON.stringify(properties)}}`);
  }
  pieces.push('\n]}\n');
  return pieces;
}

// Drops the corners of a hand-drawn line that stand within the tolerance of it (Douglas and Peucker 1973).
export function simplify(line, tolerance) {
  if (line.length < 3) return line;
  const [[x1, y1], [x2, y2]] = [line[0], line.at(-1)];
  const length = Math.hypot(x2 - x1, y2 - y1);
  let far = 0;
  let at = 0;
  for (let i = 1; i < line.length - 1; i++) {
    const [x, y] = line[i];
    const d = length === 0 ? Math.hypot(x - x1, y - y1) : Math.abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length;
    if (d > far) [far, at] = [d, i];
  }
  if (far <= tolerance) return [line[0], line.at(-1)];
  return [...simplify(line.slice(0, at + 1), tolerance).slice(0, -1), ...simplify(line.slice(at), tolerance)];
}
