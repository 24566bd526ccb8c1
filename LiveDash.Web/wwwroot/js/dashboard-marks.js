// What this browser remembers of the dashboards: { last, stars: [id], seen: { id: epoch ms }, folds: { section: true or false } }. At most 200 seen
// and 500 folds are remembered, the oldest go.
const key = 'livedash.dashboards';

export function load() {
  try {
    const { last = null, stars = [], seen = {}, folds = {} } = JSON.parse(localStorage.getItem(key) ?? '{}');
    return {
      last: typeof last === 'string' ? last : null,
      stars: Array.isArray(stars) ? stars.filter(id => typeof id === 'string') : [],
      seen: Object.fromEntries(Object.entries(seen).filter(([, at]) => Number.isSafeInteger(at))),
      folds: Object.fromEntries(Object.entries(folds).filter(([, folded]) => typeof folded === 'boolean')),
    };
  } catch {
    // What somebody else wrote there, or a browser that keeps nothing.
    return { last: null, stars: [], seen: {}, folds: {} };
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

export function fold(id, folded) {
  change(kept => {
    delete kept.folds[id];
    kept.folds = Object.fromEntries([...Object.entries(kept.folds).slice(-499), [id, folded]]);
  });
}

export function star(id, starred) {
  change(kept => { kept.stars = [...new Set([...kept.stars.filter(other => other !== id), ...(starred ? [id] : [])])]; });
}
