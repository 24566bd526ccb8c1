// Areas on one another: each line stands on the sum of those before it. Lines have columns at times of their own, so the sums are taken at every time that
// any of them has one; in between a line lies on the straight way to its next column, and within a gap and beyond its ends it is nothing.

// Gives { times, tops } of what is seen: tops[k][i] is the sum of the first k + 1 lines at times[i].
export function stack(lines, read, width, from, to) {
  const times = [...new Set(lines.flatMap(({ columns }) => seen(columns, from, to, width)))].sort((a, b) => a - b);
  let below = times.map(() => 0);
  const tops = lines.map(({ columns }) => {
    const values = along(columns, read, width, times);
    return (below = below.map((sum, i) => sum + values[i]));
  });
  return { times, tops };
}

// The times of the columns within a stretch, and one on either side.
function seen(columns, from, to, width) {
  const first = Math.max(0, columns.find(from - width) - 1);
  let end = first;
  while (end < columns.length && columns.start[end] <= to + width) end++;
  return columns.start.slice(first, end);
}

function along(columns, read, width, times) {
  const gap = columns.gap(width);
  let at = times.length > 0 ? columns.find(times[0]) : 0;
  return times.map(time => {
    while (at < columns.length && columns.start[at] < time) at++;
    if (at < columns.length && columns.start[at] === time) return read(columns, at);
    if (at === 0 || at === columns.length) return 0;
    const [t0, t1] = [columns.start[at - 1], columns.start[at]];
    if (t1 - t0 > gap) return 0;
    const [v0, v1] = [read(columns, at - 1), read(columns, at)];
    return v0 + (v1 - v0) * (time - t0) / (t1 - t0);
  });
}

// [smallest, largest] of the sums; the first is larger where there is nothing.
export function extent({ tops }) {
  let [min, max] = [Infinity, -Infinity];
  for (const sums of tops) {
    for (const sum of sums) {
      if (sum < min) min = sum;
      if (sum > max) max = sum;
    }
  }
  return min > max ? [min, max] : [Math.min(0, min), max];
}
