// Shapes as an address names them: corners "x,y" apart by "_", rings by "~", polygons by "!". Numbers are written so that they read back as they are.

export const toText = polygons => polygons.map(rings => rings.map(ring => ring.map(([x, y]) => `${x},${y}`).join('_')).join('~')).join('!');

// null where it is no shape.
export function fromText(text) {
  if (!text) return null;
  const polygons = text.split('!').map(rings => rings.split('~').map(ring => ring.split('_').map(corner => corner.split(',').map(part => (part.trim() === '' ? NaN : Number(part))))));
  const good = polygons.every(rings => rings.every(ring => ring.length >= 3 && ring.every(corner => corner.length === 2 && corner.every(Number.isFinite))));
  return good ? polygons : null;
}

// Corners that a hand drew, rounded to what its pixels can tell, so that an address holds them whole. view: [minX, maxX, minY, maxY].
export function rounded(polygons, [minX, maxX, minY, maxY]) {
  const [x, y] = [places(maxX - minX), places(maxY - minY)];
  return polygons.map(rings => rings.map(ring => ring.map(([a, b]) => [Number(a.toFixed(x)), Number(b.toFixed(y))])));
}

// Decimals that tell a ten-thousandth of the span; none where that is more than one.
const places = span => Math.max(0, Math.min(20, 4 - Math.floor(Math.log10(span || 1))));
