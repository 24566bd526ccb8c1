import { PointColumns } from './point-columns.js';

// Bytes of application/vnd.livedash.columns (docs/COLUMNS.md), cut anywhere, to columns of numbers. Nothing is parsed but each block's header and the
// names of its new series: the columns are viewed where they lie and copied whole.

const magic = 0x4243444c;
const headerBytes = 48;
// A block of the server has 4,096 points; what claims far more is no block.
const mostBytes = 16 * 1024 * 1024;
const columnBits = [['ids', 1], ['times', 2], ['values', 4], ['x', 8], ['y', 8]];
const seriesBit = 16;
const text = new TextDecoder('utf-8', { fatal: true });

// The connection broke; an answer without its end is the same to a reader. Nothing else is worth asking again for.
export class CutOffError extends Error {}

export class PointBlocks {
  constructor(columns = new PointColumns()) {
    this.columns = columns;
    this.bytes = new Uint8Array(256 * 1024);
    this.last = null;
    this.begin();
  }

  // A new stream: what was left of a broken block is dropped, and series are numbered anew.
  begin() {
    this.have = 0;
    this.need = headerBytes;
    this.total = 0;
    this.ended = false;
    this.series = [];
  }

  push(chunk) {
    for (let from = 0; from < chunk.length;) {
      if (this.ended) throw new Error('Something follows the end of the answer.');
      const count = Math.min(this.need - this.have, chunk.length - from);
      this.bytes.set(chunk.subarray(from, from + count), this.have);
      this.have += count;
      from += count;
      if (this.have === this.need) this.whole();
    }
  }

  end() {
    if (!this.ended) throw new CutOffError('The answer ended before its last block.');
  }

  // Where to go on: "time,id" of the last point of the last whole block, to the 100 ns; null before the first.
  place() {
    if (this.last === null) return null;
    const [ticks, id] = this.last;
    const below = ((ticks % 10000n) + 10000n) % 10000n;
    const ms = Number((ticks - below) / 10000n);
    return `${new Date(ms).toISOString().slice(0, -1)}${String(below).padStart(4, '0')}Z,${id}`;
  }

  whole() {
    const view = new DataView(this.bytes.buffer);
    const length = view.getUint32(20, true);
    if (this.need === headerBytes) {
      if (view.getUint32(0, true) !== magic || view.getUint16(4, true) !== 1) throw new Error('The answer is not made of columns of version 1.');
      if (length < headerBytes || length > mostBytes || length % 8 !== 0) throw new Error(`A block of ${length} bytes cannot be.`);
      if (length > headerBytes) {
        this.room(length);
        this.need = length;
        return;
      }
    }
    this.take(new DataView(this.bytes.buffer));
    this.have = 0;
    this.need = headerBytes;
  }

  room(length) {
    if (length <= this.bytes.length) return;
    const bigger = new Uint8Array(length);
    bigger.set(this.bytes.subarray(0, this.have));
    this.bytes = bigger;
  }

  take(view) {
    const [count, bits, names] = [view.getUint32(8, true), view.getUint32(12, true), view.getUint32(16, true)];
    this.ended = view.getUint16(6, true) === 1;
    this.total += count;
    if (Number(view.getBigUint64(40, true)) !== this.total) throw new Error('Points of the answer are missing.');
    if (count === 0) return;
    if (bytesOf(count, bits, names) !== view.getUint32(20, true)) throw new Error('A block is not as long as its columns.');
    let at = headerBytes + names;
    if (names > 0) for (const name of JSON.parse(text.decode(this.bytes.subarray(headerBytes, at)))) this.series.push(this.columns.index(name));
    const { columns, bytes } = this;
    const first = columns.length;
    columns.reserve(first + count);
    for (const [name, bit] of columnBits) {
      if ((bits & bit) === 0) {
        columns[name].fill(NaN, first, first + count);
        continue;
      }
      columns[name].set(new Float64Array(bytes.buffer, at, count), first);
      at += count * 8;
    }
    if ((bits & seriesBit) !== 0) {
      const series = new Uint32Array(bytes.buffer, at, count);
      for (let i = 0; i < count; i++) columns.series[first + i] = this.series[series[i]];
    }
    columns.length = first + count;
    this.last = [view.getBigInt64(24, true), view.getBigInt64(32, true)];
  }
}

// A block's length, from what its header says of its columns. Numbers of the header are below 2^32, so it is exact.
function bytesOf(count, bits, names) {
  const columns = columnBits.filter(([, bit]) => (bits & bit) !== 0).length;
  return headerBytes + names + columns * count * 8 + ((bits & seriesBit) === 0 ? 0 : Math.ceil(count / 2) * 8);
}
