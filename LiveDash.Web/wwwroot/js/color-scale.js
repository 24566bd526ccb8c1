import { rgb, token } from './theme-colors.js';

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
