import { Columns } from './columns.js';
import { drawSparkline } from './sparkline.js';
import { onTheme } from './theme-colors.js';

// A big number with its unit, a line below, and a sparkline. The server writes the texts; these elements are this module's alone.
export class StatPanel {
  constructor(element, options) {
    this.span = options.span;
    this.parts = Object.fromEntries([...element.querySelectorAll('[data-part]')].map(part => [part.dataset.part, part]));
    this.columns = new Columns();
    this.now = Date.now();
    this.sizes = new ResizeObserver(() => this.draw());
    this.sizes.observe(this.parts.spark);
    this.endTheme = onTheme(() => this.draw());
  }

  apply(panel, now) {
    this.now = now;
    if (panel.reset) this.columns.clear();
    this.columns.merge(panel.columns);
    this.columns.prune(now - this.span);
    const [number, unit, detail] = panel.texts;
    set(this.parts.number, number);
    set(this.parts.unit, unit);
    set(this.parts.detail, detail);
    this.draw();
  }

  draw() {
    drawSparkline(this.parts.spark, this.columns, this.now - this.span, this.now);
  }

  dispose() {
    this.sizes.disconnect();
    this.endTheme();
  }
}

export function set(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
