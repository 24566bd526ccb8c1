import { CutOffError } from './cut-off-error.js';
import { PointColumns } from './point-columns.js';

// Points of an Apache Arrow IPC stream (docs/COLUMNS.md), read by Arrow's own reader, which is loaded when the first points are asked for. Its columns are
// viewed where they lie and copied whole; only ids and times, 64-bit integers there, are numbers of their own here.

let library;
const arrow = () => (library ??= import('../lib/arrow/arrow.min.js'));

// What ends a whole stream: the mark of a message, and a length of nothing.
const endMark = [255, 255, 255, 255, 0, 0, 0, 0];

export class PointArrow {
  constructor(columns = new PointColumns()) {
    this.columns = columns;
    this.last = null;
  }

  // Reads pieces, cut anywhere, to the end; `onBatch` is called when more points are there. A stream that breaks off is a broken connection.
  async read(pieces, onBatch = () => {}) {
    const { RecordBatchReader } = await arrow();
    const tail = new Uint8Array(endMark.length);
    const watched = watch(pieces, tail);
    let names = null;
    try {
      const reader = await RecordBatchReader.from(watched);
      await reader.open({ autoDestroy: true });
      for await (const batch of reader) {
        if (batch.numRows > 0) {
          names ??= namesOf(batch, this.columns);
          this.take(batch, names);
        }
        onBatch();
      }
    } catch (error) {
      if (error instanceof CutOffError) throw error;
      throw isEnd(tail) || watched.isWhole ? error : new CutOffError('The answer ended before its last batch.', { cause: error });
    }
    if (!isEnd(tail)) throw new CutOffError('The answer ended before its last batch.');
  }

  // Where to go on: "time,id" of the last point, to the 100 ns; null before the first.
  place() {
    if (this.last === null) return null;
    const [nanoseconds, id] = this.last;
    const below = ((nanoseconds % 1_000_000n) + 1_000_000n) % 1_000_000n;
    return `${new Date(Number((nanoseconds - below) / 1_000_000n)).toISOString().slice(0, -1)}${String(below / 100n).padStart(4, '0')}Z,${id}`;
  }

  take(batch, names) {
    const { columns } = this;
    const [first, count] = [columns.length, batch.numRows];
    columns.reserve(first + count);
    const [ids, times] = [dataOf(batch, 'id'), dataOf(batch, 't')];
    whole(ids, columns.ids, first, count);
    milliseconds(times, columns.times, first, count);
    for (const [name, column] of [['value', columns.values], ['x', columns.x], ['y', columns.y]]) numbers(dataOf(batch, name), column, first, count);
    const series = dataOf(batch, 'series');
    if (series) for (let i = 0; i < count; i++) columns.series[first + i] = names[series.values[i]];
    else columns.series.fill(0, first, first + count);
    columns.length = first + count;
    if (ids && times) this.last = [times.values[count - 1], ids.values[count - 1]];
  }
}

// A column's buffers; null for a column that was not asked for.
const dataOf = (batch, name) => batch.getChild(name)?.data[0] ?? null;

// The dictionary of the series, which the first batch tells whole, as places among the names that are here.
function namesOf(batch, columns) {
  const dictionary = dataOf(batch, 'series')?.dictionary;
  return dictionary ? Array.from({ length: dictionary.length }, (_, i) => columns.named(dictionary.get(i))) : [];
}

function numbers(data, column, first, count) {
  if (!data || data.nullCount === count) {
    column.fill(NaN, first, first + count);
    return;
  }
  column.set(data.values.subarray(0, count), first);
  if (data.nullCount > 0) blank(data, column, first, count);
}

function blank({ nullBitmap, offset }, column, first, count) {
  for (let i = 0; i < count; i++) if ((nullBitmap[(offset + i) >> 3] & (1 << ((offset + i) & 7))) === 0) column[first + i] = NaN;
}

// 64-bit integers to numbers, exact to 2^53: BigInt would make an object of each.
function whole(data, column, first, count) {
  if (!data) {
    column.fill(NaN, first, first + count);
    return;
  }
  const [low, high] = halves(data, count);
  for (let i = 0; i < count; i++) column[first + i] = high[2 * i + 1] * 4294967296 + low[2 * i];
}

// Nanoseconds to milliseconds: 2^32 is 15,625 times a million and a rest, so that neither half loses a digit, and whole milliseconds stay whole.
function milliseconds(data, column, first, count) {
  if (!data) {
    column.fill(NaN, first, first + count);
    return;
  }
  const [low, high] = halves(data, count);
  for (let i = 0; i < count; i++) {
    const part = Math.floor(high[2 * i + 1] / 15625);
    const rest = high[2 * i + 1] - part * 15625;
    column[first + i] = part * 67108864 + (rest * 4294967296 + low[2 * i]) / 1e6;
  }
  if (data.nullCount > 0) blank(data, column, first, count);
}

const halves = ({ values: { buffer, byteOffset } }, count) => [new Uint32Array(buffer, byteOffset, 2 * count), new Int32Array(buffer, byteOffset, 2 * count)];

const isEnd = tail => endMark.every((byte, i) => tail[i] === byte);

// Passes pieces on and keeps the last bytes of all.
function watch(pieces, tail) {
  const watched = {
    isWhole: false,
    async *[Symbol.asyncIterator]() {
      for await (const piece of pieces) {
        if (piece.length >= tail.length) tail.set(piece.subarray(-tail.length));
        else {
          tail.copyWithin(0, piece.length);
          tail.set(piece, tail.length - piece.length);
        }
        yield piece;
      }
      watched.isWhole = isEnd(tail);
    },
  };
  return watched;
}
