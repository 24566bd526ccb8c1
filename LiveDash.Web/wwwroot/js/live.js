import { Chart } from './chart.js';
import { decode } from './frames.js';
import { PointGrid } from './grid.js';
import { Rows } from './rows.js';
import { StatPanel } from './stat.js';

// The panels of this page by the id their circuit gave them, and the one door through which frames come in.
const panels = new Map();
const kinds = { stat: StatPanel, chart: Chart, located: PointGrid, rows: Rows };
// Fetched with the first panel of its kind: most pages have none.
const later = { states: async () => (await import('./states.js')).States };

// Makes a panel; gives back how many pixel columns it is wide.
export async function attach(id, kind, element, options, dotnet) {
  kinds[kind] ??= await later[kind]();
  // A component that came and went within a round trip has no element any more.
  if (!element?.isConnected) return 0;
  const columns = Math.max(1, Math.min(4000, Math.round(element.clientWidth)));
  panels.set(id, new kinds[kind](element, { columns, ...options }, dotnet));
  return columns;
}

export function detach(id) {
  panels.get(id)?.dispose();
  panels.delete(id);
}

// Calls one of a panel's own methods.
export function tell(id, method, ...args) {
  panels.get(id)?.[method](...args);
}

// Takes one frame. The answer is the acknowledgement: it comes when the browser paints, so the next frame is as new as can be.
// A hidden page does not paint; it gets a frame every two seconds, or as soon as it is seen again.
export function frame(bytes) {
  const { now, panels: changed } = decode(bytes);
  for (const panel of changed) {
    try {
      panels.get(panel.id)?.apply(panel, now);
    } catch (error) {
      // One panel's fault must not stop the others' frames.
      console.error(error);
    }
  }
  return new Promise(done => {
    if (!document.hidden) requestAnimationFrame(done);
    else document.addEventListener('visibilitychange', done, { once: true });
    setTimeout(done, 2000);
  }).then(() => {});
}
