// The columns of one line, by time: first, smallest, largest and last value, mean and number of points of each pixel column, kept in step with what frames bring.
const fields = ['start', 'first', 'min', 'max', 'last', 'mean', 'points'];

export class Columns {
  constructor() {
    this.clear();
  }

  clear() {
    for (const field of fields) this[field] = [];
  }

  get length() {
    return this.start.length;
  }

  // A column that is here already is replaced: a frame always tells the newest state of it.
  merge(set) {
    for (let i = 0; i < set.start.length; i++) {
      const start = set.start[i];
      let at = this.length;
      if (at > 0 && this.start[at - 1] >= start) at = this.find(start);
      if (at === this.length) for (const field of fields) this[field].push(value(set, field, i));
      else if (this.start[at] === start) for (const field of fields) this[field][at] = value(set, field, i);
      else for (const field of fields) this[field].splice(at, 0, value(set, field, i));
    }
  }

  // Lets go of what lies before a time, some at once, so that it costs little per frame.
  prune(before) {
    const gone = this.find(before);
    if (gone < 64) return;
    for (const field of fields) this[field].splice(0, gone);
  }

  // The first column at or after a time.
  find(start) {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.start[middle] < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  // Whether any column stands in a stretch of time.
  within(from, to) {
    const at = this.find(from);
    return at < this.length && this.start[at] <= to;
  }

  // The column nearest to a time, or -1 where none is as near as that.
  nearest(time, reach) {
    const after = this.find(time);
    const best = after > 0 && (after === this.length || time - this.start[after - 1] <= this.start[after] - time) ? after - 1 : after;
    return best < this.length && Math.abs(this.start[best] - time) <= reach ? best : -1;
  }

  // A silence much longer than this line's usual spacing is a gap: nothing is drawn across it.
  gap(width) {
    const n = Math.min(this.length, 65);
    if (n < 3) return Infinity;
    const steps = [];
    for (let i = this.length - n + 1; i < this.length; i++) steps.push(this.start[i] - this.start[i - 1]);
    steps.sort((a, b) => a - b);
    return Math.max(steps[steps.length >> 1] * 4, width * 3);
  }

  // The line as [x, y] for drawing: one point for a flat column, four for one in which the value moved.
  toLine(width) {
    const x = [];
    const y = [];
    const gap = this.gap(width);
    for (let i = 0; i < this.length; i++) {
      const start = this.start[i];
      if (i > 0 && start - this.start[i - 1] > gap) {
        x.push(this.start[i - 1] + width);
        y.push(null);
      }
      if (this.min[i] === this.max[i]) {
        x.push(start);
        y.push(this.min[i]);
        continue;
      }
      x.push(start, start + width * 0.25, start + width * 0.5, start + width * 0.75);
      y.push(this.first[i], this.min[i], this.max[i], this.last[i]);
    }
    return [x, y];
  }
}

// A preview's columns come without their means.
const value = (set, field, i) => set[field]?.[i] ?? NaN;
