// Colours come from the page's tokens, so what is drawn follows light and dark like everything else.

export function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

// The colour of a series' slot in the palette; see SeriesColors.
export const slotColor = slot => token(`--chart-${slot + 1}`);

// How large the page's text is beside the usual: walls are larger.
export const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

export const lineColor = index => token(`--chart-${(index % 8) + 1}`);

// #rrggbb or #rgb as [r, g, b]; the tokens are all written so.
export function rgb(color) {
  const hex = color.length === 4 ? [...color.slice(1)].map(c => c + c).join('') : color.slice(1);
  return [0, 2, 4].map(i => parseInt(hex.slice(i, i + 2), 16));
}

export function fade(color, alpha) {
  const [r, g, b] = rgb(color);
  return `rgb(${r} ${g} ${b} / ${alpha})`;
}

// Calls back whenever the theme changes; the answer ends it.
export function onTheme(callback) {
  document.addEventListener('livedash:theme', callback);
  return () => document.removeEventListener('livedash:theme', callback);
}

// The same, and when another time zone is chosen: for what draws times.
export function onLook(callback) {
  const ends = ['livedash:theme', 'livedash:zone'].map(type => {
    document.addEventListener(type, callback);
    return () => document.removeEventListener(type, callback);
  });
  return () => ends.forEach(end => end());
}

// A colour scale as the server names it: its stops from the least to the greatest, or null for the theme's own, which follows light and dark.
export const stopsOf = chosen => chosen ?? [1, 2, 3, 4].map(step => token(`--heat-${step}`));

// The same for Plotly.
export const plotlyScale = stops => stops.map((color, i) => [i / (stops.length - 1), color]);

// The stops as [r, g, b] each, for colorAt.
export const parsed = stops => stops.map(rgb);

// The colour at a share from 0 to 1 of parsed stops, as [r, g, b].
export function colorAt(stops, share) {
  const place = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const below = Math.min(stops.length - 2, Math.floor(place));
  return mix(stops[below], stops[below + 1], place - below);
}

// A colour a share of the way to another.
export const mix = (a, b, share) => a.map((v, i) => Math.round(v + (b[i] - v) * share));
