import { clock } from './format.js';
import { fade, token } from './theme-colors.js';

/* global Blazor */

// Episodes on a chart: a small triangle where one fired, a ring where it was resolved, both at the foot of the chart, and a faint band behind the one that
// is looked at. They are elements, so that the browser shows their text under the pointer; a click on one opens its episode.
const colors = { info: '--info', warn: '--warn', crit: '--crit' };
const ranks = ['crit', 'warn', 'info'];

// What of a stretch lies in none of others, as [from, to]; a moment without length counts as long as nothing lies over it.
export function uncovered(from, to, others) {
  let parts = to < from ? [] : [[from, to]];
  for (const [begin, end] of others) {
    parts = parts.flatMap(([a, b]) => a > end || b < begin ? [[a, b]] : [[a, Math.min(b, begin)], [Math.max(a, end), b]].filter(([x, y]) => y > x));
  }
  return parts;
}

export class Marks {
  constructor() {
    this.list = [];
    this.shaded = null;
  }

  set(list, shaded) {
    this.list = list;
    this.shaded = shaded;
  }

  hooks() {
    return { ready: [u => this.listen(u)], drawClear: [u => this.bands(u)], draw: [u => this.place(u)] };
  }

  // A live chart draws its marks anew many times a second, so a click is heard by the chart and its place decides; the end of a drag that zooms is none.
  listen(u) {
    let down = null;
    u.over.addEventListener('pointerdown', event => { down = event; });
    u.over.addEventListener('click', event => {
      if (!down || Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > 4) return;
      const episode = document.elementFromPoint(event.clientX, event.clientY)?.closest('.chart-mark')?.dataset.episode;
      if (episode) Blazor.navigateTo(`alerts?episode=${encodeURIComponent(episode)}`);
    });
  }

  // The bands lie under the grid and the line.
  bands(u) {
    const { ctx, bbox } = u;
    const { min, max } = u.scales.x;
    let shaded = 0;
    // Where stretches lie over one another the worst is seen, once: shading is no count of alerts.
    const covered = [];
    for (const mark of [...this.list].sort((a, b) => ranks.indexOf(a.severity) - ranks.indexOf(b.severity) || a.from - b.from)) {
      if (this.shaded !== '*' && mark.episode !== this.shaded) continue;
      const parts = uncovered(Math.max(mark.from, min), Math.min(mark.to ?? Date.now(), max), covered);
      if (parts.length === 0) continue;
      covered.push(...parts);
      ctx.save();
      for (const [from, to] of parts) {
        const left = u.valToPos(from, 'x', true);
        ctx.fillStyle = fade(token(colors[mark.severity]), 0.11);
        ctx.fillRect(left, bbox.top, Math.max(u.valToPos(to, 'x', true) - left, devicePixelRatio), bbox.height);
        ctx.fillStyle = fade(token(colors[mark.severity]), 0.55);
        if (from === mark.from) ctx.fillRect(left, bbox.top, devicePixelRatio, bbox.height);
      }
      ctx.restore();
      shaded++;
    }
    // A chart that was just taken away may draw once more.
    const chart = u.root.closest('.live-chart');
    if (chart) chart.dataset.shaded = shaded;
  }

  place(u) {
    if (this.list.length === 0 && !u.over.querySelector('.chart-mark')) return;
    u.over.querySelectorAll('.chart-mark').forEach(element => element.remove());
    const { min, max } = u.scales.x;
    for (const mark of this.list) {
      if (mark.from >= min && mark.from <= max) this.add(u, mark, mark.from, 'fired');
      if (mark.to != null && mark.to >= min && mark.to <= max) this.add(u, mark, mark.to, 'resolved');
    }
  }

  add(u, mark, time, what) {
    const element = document.createElement('i');
    element.className = `chart-mark ${what} ${mark.severity}`;
    element.style.left = `${u.valToPos(time, 'x')}px`;
    element.title = `${mark.text} ${what === 'fired' ? 'fired' : 'was resolved'} ${clock(time)}`;
    element.dataset.episode = mark.episode;
    u.over.append(element);
  }
}
