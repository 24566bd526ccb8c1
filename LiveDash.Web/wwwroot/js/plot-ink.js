import { onTheme, slotColor, token } from './theme-colors.js';

// The theme's colours for figures that the server makes; ViewModels/PlotInk.cs takes them.
const read = () => ({
  surface: token('--surface'), grid: token('--chart-grid'), line: token('--line'), text: token('--ink-2'), strong: token('--ink'), font: token('--font'),
  series: Array.from({ length: 8 }, (_, i) => slotColor(i)), heat: [1, 2, 3, 4].map(step => token(`--heat-${step}`)),
});

// Gives them when asked, and tells the server whenever the theme changes; dispose() ends it.
export const attach = dotnet => ({ read, dispose: onTheme(() => dotnet.invokeMethodAsync('OnInkAsync', read())) });
