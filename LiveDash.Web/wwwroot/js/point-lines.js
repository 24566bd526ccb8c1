import { PointColumns } from './point-columns.js';

// Bytes of NDJSON points, cut anywhere, to columns of numbers. A line's usual shape is read byte by byte without making a string; whatever looks
// otherwise (escapes, long numbers, members in another order) goes through JSON.parse, so both ways give the same numbers.

const powers = Array.from({ length: 23 }, (_, i) => 10 ** i);
const text = new TextDecoder('utf-8', { fatal: true });

export class PointLines {
  constructor(columns = new PointColumns()) {
    this.columns = columns;
    this.known = new Map();
    this.lastLine = null;
    this.number = 0;
    this.day = -1;
    this.begin();
  }

  // Reads pieces, cut anywhere, to the end; `onLines` is called when more points are there.
  async read(pieces, onLines = () => {}) {
    this.begin();
    for await (const piece of pieces) {
      this.push(piece);
      onLines();
    }
    this.end();
  }

  // A new stream: what was left of a broken line is dropped, since the stream begins again behind the last whole one.
  begin() {
    this.rest = new Uint8Array(0);
  }

  push(chunk) {
    let bytes = chunk;
    if (this.rest.length > 0) {
      bytes = new Uint8Array(this.rest.length + chunk.length);
      bytes.set(this.rest);
      bytes.set(chunk, this.rest.length);
    }
    let from = 0;
    let last = -1;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
      if (end > from) {
        this.line(bytes, from, end);
        last = from;
      }
      from = end + 1;
    }
    if (last >= 0) this.lastLine = bytes.slice(last, bytes.indexOf(10, last));
    this.rest = bytes.slice(from);
  }

  // The stream is over: a last line may lack its line end.
  end() {
    if (this.rest.length > 0) this.push(new Uint8Array([10]));
  }

  // Where to go on: "time,id" of the last whole line, or the id alone where lines have no time; null before the first.
  place() {
    if (this.lastLine === null) return null;
    const { id, t } = JSON.parse(text.decode(this.lastLine));
    return t === undefined ? `${id}` : `${t},${id}`;
  }

  line(b, from, to) {
    this.number++;
    if (!this.quick(b, from, to)) this.careful(b, from, to);
  }

  quick(b, from, to) {
    this.id = this.time = this.value = this.px = this.py = NaN;
    let series = 0;
    let i = from;
    if (b[i++] !== 123) return false;
    while (i < to) {
      if (b[i] !== 34) return false;
      const key = b[i + 1];
      if (key === 105 && b[i + 2] === 100 && b[i + 4] === 58) {
        this.id = this.numeral(b, i + 5);
      } else if (key === 118 && b[i + 2] === 97 && b[i + 6] === 34 && b[i + 7] === 58) {
        this.value = this.numeral(b, i + 8);
      } else if (key === 116 && b[i + 2] === 34 && b[i + 3] === 58) {
        this.time = this.moment(b, i + 4);
      } else if (key === 112 && b[i + 2] === 116 && b[i + 5] === 91) {
        this.px = this.numeral(b, i + 6);
        if (b[this.at] !== 44) return false;
        this.py = this.numeral(b, this.at + 1);
        if (b[this.at++] !== 93) return false;
      } else if (key === 115) {
        series = this.named(b, i, to);
        if (series < 0) return false;
        this.at = to - 1;
      } else {
        return false;
      }
      i = this.at;
      if (b[i] === 44) i++;
      else if (b[i] === 125 && i === to - 1) break;
      else return false;
    }
    this.columns.add(this.id, this.time, this.value, this.px, this.py, series);
    return true;
  }

  careful(b, from, to) {
    let point;
    try {
      point = JSON.parse(text.decode(b.subarray(from, to)));
    } catch {
      throw new Error(`Line ${this.number} of the answer is not JSON.`);
    }
    const { id = NaN, t, value = NaN, pt = [NaN, NaN], series, tags } = point;
    this.columns.add(id, t === undefined ? NaN : Date.parse(t), value, pt[0], pt[1], series === undefined ? 0 : this.columns.index({ series, tags }));
  }

  // Leaves this.at behind the number. Up to 15 digits and a power of ten up to 22 are exact; the rest is Number's.
  numeral(b, from) {
    let i = from;
    const negative = b[i] === 45;
    if (negative) i++;
    let whole = 0;
    let digits = 0;
    let places = 0;
    let c = b[i] - 48;
    for (; c >= 0 && c <= 9; c = b[++i] - 48, digits++) whole = whole * 10 + c;
    if (b[i] === 46) {
      c = b[++i] - 48;
      for (; c >= 0 && c <= 9; c = b[++i] - 48, digits++, places++) whole = whole * 10 + c;
    }
    if (digits <= 15 && digits > 0 && b[i] !== 101 && b[i] !== 69) {
      this.at = i;
      const size = places === 0 ? whole : whole / powers[places];
      return negative ? -size : size;
    }
    let written = '';
    for (i = from; b[i] !== 44 && b[i] !== 93 && b[i] !== 125 && i < b.length; i++) written += String.fromCharCode(b[i]);
    this.at = i;
    return written === 'null' ? NaN : Number(written);
  }

  // "2026-11-21T09:30:00.5Z": the day's beginning is remembered, since neighbours are mostly of one day.
  moment(b, from) {
    if (b[from] !== 34 || b[from + 11] !== 84) {
      this.at = -1;
      return NaN;
    }
    const two = i => (b[i] - 48) * 10 + b[i + 1] - 48;
    const day = ((two(from + 1) * 100 + two(from + 3)) * 100 + two(from + 6)) * 100 + two(from + 9);
    if (day !== this.day) {
      this.day = day;
      this.dayStart = Date.UTC(Math.floor(day / 10000), Math.floor(day / 100) % 100 - 1, day % 100);
    }
    let ms = ((two(from + 12) * 60 + two(from + 15)) * 60 + two(from + 18)) * 1000;
    let i = from + 20;
    if (b[i] === 46) {
      let unit = 100;
      for (let c = b[++i] - 48; c >= 0 && c <= 9; c = b[++i] - 48, unit /= 10) ms += c * unit;
    }
    this.at = b[i] === 90 && b[i + 1] === 34 ? i + 2 : -1;
    return this.dayStart + ms;
  }

  // Everything from "series" to the line's end names the series, where nothing but tags follows.
  named(b, from, to) {
    const length = to - from;
    const last = this.lastName;
    if (last && last.length === length) {
      let same = true;
      for (let i = 0; i < length && same; i++) same = last[i] === b[from + i];
      if (same) return this.lastIndex;
    }
    const raw = text.decode(b.subarray(from, to));
    let index = this.known.get(raw);
    if (index === undefined) {
      let told;
      try {
        told = JSON.parse(`{${raw}`);
      } catch {
        return -1;
      }
      const { series, tags, ...others } = told;
      if (Object.keys(others).length > 0) return -1;
      index = this.columns.index({ series, tags });
      this.known.set(raw, index);
    }
    this.lastName = b.slice(from, to);
    this.lastIndex = index;
    return index;
  }
}
