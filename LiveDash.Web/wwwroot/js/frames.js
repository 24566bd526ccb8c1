// Reads the binary frames that LiveDash.Core/Live/FrameWriter.cs writes; the layout stands there.
// Numbers are views into the frame's own memory: they are valid for as long as the frame is kept.

const magic = 0x3146444c;
const text = new TextDecoder();

export const kinds = { stat: 1, chart: 2, located: 3, rows: 4, states: 5 };

export function decode(bytes) {
  // A typed array needs its first byte on a multiple of 8, and the transport does not promise that.
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const view = new DataView(aligned.buffer, aligned.byteOffset, aligned.byteLength);
  if (view.byteLength < 24 || view.getUint32(0, true) !== magic) throw new Error('not a LiveDash frame');
  const frame = { sequence: view.getUint32(4, true), now: view.getFloat64(8, true), panels: [] };
  const count = view.getUint32(16, true);
  let at = 24;
  for (let i = 0; i < count; i++) {
    const id = view.getUint32(at, true);
    const kind = view.getUint16(at + 4, true);
    const reset = (view.getUint16(at + 6, true) & 1) !== 0;
    const length = view.getUint32(at + 8, true);
    const reader = new Reader(view, at + 16);
    frame.panels.push({ id, kind, reset, ...readers[kind](reader) });
    at += 16 + length;
  }
  return frame;
}

class Reader {
  constructor(view, at) {
    this.view = view;
    this.at = at;
  }

  number() {
    this.at += 8;
    return this.view.getFloat64(this.at - 8, true);
  }

  count() {
    this.at += 4;
    return this.view.getUint32(this.at - 4, true);
  }

  numbers(count) {
    const found = new Float64Array(this.view.buffer, this.view.byteOffset + this.at, count);
    this.at += 8 * count;
    return found;
  }

  columns() {
    const slot = this.count();
    const n = this.count();
    return {
      slot, start: this.numbers(n), first: this.numbers(n), min: this.numbers(n), max: this.numbers(n), last: this.numbers(n),
      mean: this.numbers(n), points: this.numbers(n),
    };
  }

  texts() {
    const found = [];
    for (let n = this.count(); n > 0; n--) {
      const length = this.count();
      found.push(text.decode(new Uint8Array(this.view.buffer, this.view.byteOffset + this.at, length)));
      this.at += length;
    }
    return found;
  }
}

const list = (count, read) => Array.from({ length: count }, read);

const readers = {
  [kinds.stat](r) {
    return { value: r.number(), time: r.number(), columns: r.columns(), texts: r.texts() };
  },
  [kinds.chart](r) {
    const [from, to, width] = [r.number(), r.number(), r.number()];
    const [lines, sets] = [r.count(), r.count()];
    const found = list(sets, () => r.columns());
    const [named, more] = [r.count(), r.count()];
    const colors = [...r.numbers(named)];
    const [head = '', key = '', ...texts] = r.texts();
    return { from, to, width, lines, sets: found, more, colors, names: { head, key, labels: texts.slice(0, named), series: texts.slice(named, 2 * named) }, rest: texts.slice(2 * named) };
  },
  [kinds.states](r) {
    const panel = readers[kinds.chart](r);
    return { ...panel, states: panel.rest.map(line => JSON.parse(line)) };
  },
  [kinds.located](r) {
    const lost = r.number();
    const [old, fresh] = [r.count(), r.count()];
    return { lost, oldX: r.numbers(old), oldY: r.numbers(old), freshX: r.numbers(fresh), freshY: r.numbers(fresh) };
  },
  [kinds.rows](r) {
    const [count, sets] = [r.count(), r.count()];
    const rows = list(count, () => ({ series: r.number(), value: r.number(), time: r.number() }));
    const columns = list(sets, () => r.columns());
    const texts = r.texts();
    rows.forEach((row, i) => { row.text = texts[i]; });
    return { rows, columns };
  },
};
