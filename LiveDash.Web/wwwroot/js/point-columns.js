const start = 65536;
const numbers = ['ids', 'times', 'values', 'x', 'y'];

// Points by column. Times are milliseconds since 1970; what is not said of a point is NaN. Arrays are longer than the points: read up to length.
export class PointColumns {
  constructor() {
    this.length = 0;
    this.names = [];
    this.indexes = new Map();
    for (const name of numbers) this[name] = new Float64Array(start);
    this.series = new Uint32Array(start);
  }

  add(id, time, value, x, y, series) {
    const i = this.length;
    this.reserve(i + 1);
    this.ids[i] = id;
    this.times[i] = time;
    this.values[i] = value;
    this.x[i] = x;
    this.y[i] = y;
    this.series[i] = series;
    this.length = i + 1;
  }

  // Makes room for so many points in all.
  reserve(count) {
    if (count <= this.ids.length) return;
    let room = this.ids.length;
    while (room < count) room *= 2;
    for (const name of [...numbers, 'series']) {
      const bigger = new this[name].constructor(room);
      bigger.set(this[name].subarray(0, this.length));
      this[name] = bigger;
    }
  }

  // Drops the first points.
  drop(count) {
    for (const name of [...numbers, 'series']) this[name].copyWithin(0, count, this.length);
    this.length -= count;
  }

  // The number of a series: as told by { series, tags }, its name with its tags in braces.
  index({ series, tags }) {
    return this.named(tags ? `${series}{${Object.entries(tags).map(([k, v]) => `${k}=${v}`).join(',')}}` : series);
  }

  // The number of a series by its whole text.
  named(key) {
    let index = this.indexes.get(key);
    if (index === undefined) {
      index = this.names.push(key) - 1;
      this.indexes.set(key, index);
    }
    return index;
  }
}
