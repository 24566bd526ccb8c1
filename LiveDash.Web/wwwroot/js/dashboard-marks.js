// What this browser remembers of the dashboards: { last, stars: [id], seen: { id: epoch ms } }. At most 200 are remembered, the oldest go.
const key = 'livedash.dashboards';

export function load() {
  try {
    const { last = null, stars = [], seen = {} } = JSON.parse(localStorage.getItem(key) ?? '{}');
    return {
      last: typeof last === 'string' ? last : null,
      stars: Array.isArray(stars) ? stars.filter(id => typeof id === 'string') : [],
      seen: Object.fromEntries(Object.entries(seen).filter(([, at]) => Number.isSafeInteger(at))),
    };
  } catch {
    // What somebody else wrote there, or a browser that keeps nothing.
    return { last: null, stars: [], seen: {} };
  }
}

function change(how) {
  const kept = load();
  how(kept);
  kept.seen = Object.fromEntries(Object.entries(kept.seen).sort(([, a], [, b]) => b - a).slice(0, 200));
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing opens the first dashboard, as before.
  }
}

export function seen(id) {
  change(kept => { kept.last = id; kept.seen[id] = Date.now(); });
}

export function star(id, starred) {
  change(kept => { kept.stars = [...new Set([...kept.stars.filter(other => other !== id), ...(starred ? [id] : [])])]; });
}
