using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Web.Api.Reading;

/// <summary>
/// Blocks of little-endian columns that a browser views as typed arrays without parsing (<c>application/vnd.livedash.columns</c>, version 1, laid out in
/// docs/COLUMNS.md). Every block and every column begins at a multiple of 8 bytes; the last block says that the answer is whole. Not thread-safe.
/// </summary>
internal sealed class ColumnsWriter : PointWriter
{
    /// <summary>What <c>Content-Type</c> says.</summary>
    public const string MediaType = "application/vnd.livedash.columns";

    /// <summary>The first four bytes of each block, "LDCB".</summary>
    public const uint Magic = 0x4243444C;

    /// <summary>The bytes before a block's names and columns.</summary>
    public const int HeaderBytes = 48;

    private const ushort Version = 1;

    private const int MaxRows = 4096;

    // The names of a block's new series take at most so much of the buffer, so that rows always find room.
    private const int MaxNameBytes = MaxRow;

    private readonly SeriesCatalog _catalog;
    private readonly Dictionary<int, uint> _indexes = [];
    private readonly ColumnSet _asked;
    private readonly uint[] _series = new uint[MaxRows];
    private readonly StringBuilder _newNames = new();
    private int _newNameBytes;
    private int _current = -1;
    private uint _index;
    private (long Time, long Id) _last;
    private ulong _total;

    /// <summary>Begins an answer.</summary>
    public ColumnsWriter(SeriesCatalog catalog, IReadOnlyList<PointField> fields)
    {
        _catalog = catalog;
        foreach (var field in fields)
        {
            _asked |= field switch
            {
                PointField.Id => ColumnSet.Ids,
                PointField.T => ColumnSet.Times,
                PointField.Value => ColumnSet.Values,
                PointField.Pt => ColumnSet.Locations,
                _ => ColumnSet.Series,
            };
        }
    }

    /// <inheritdoc/>
    public override string ContentType => MediaType;

    /// <inheritdoc/>
    public override int Write(in PointBlock block, ref int row, int last, Span<byte> destination)
    {
        var first = row;
        var count = Math.Min(last - first, MaxRows);
        var columns = block.X.IsEmpty ? _asked & ~ColumnSet.Locations : _asked;
        if ((columns & ColumnSet.Series) != 0) count = Index(block.Series.Span.Slice(first, count));
        var names = WriteNames(destination[HeaderBytes..]);
        var at = HeaderBytes + names;
        // 8 bytes fill up the column of series. A name that is told before its first row does no harm.
        count = Math.Min(count, (destination.Length - at - 8) / Math.Max(1, RowBytes(columns)));
        row = first + count;
        if ((columns & ColumnSet.Ids) != 0) at += Convert(block.Ids.Span.Slice(first, count), 0, 1, destination[at..]);
        if ((columns & ColumnSet.Times) != 0) at += Convert(block.Times.Span.Slice(first, count), DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerMillisecond, destination[at..]);
        if ((columns & ColumnSet.Values) != 0) at += Copy(MemoryMarshal.AsBytes(block.Values.Span.Slice(first, count)), destination[at..]);
        if ((columns & ColumnSet.Locations) != 0)
        {
            at += Copy(MemoryMarshal.AsBytes(block.X.Span.Slice(first, count)), destination[at..]);
            at += Copy(MemoryMarshal.AsBytes(block.Y.Span.Slice(first, count)), destination[at..]);
        }

        if ((columns & ColumnSet.Series) != 0) at += Copy(MemoryMarshal.AsBytes(_series.AsSpan(0, count)), destination[at..]);
        _last = (block.Times.Span[row - 1] - DateTime.UnixEpoch.Ticks, block.Ids.Span[row - 1]);
        _total += (ulong)count;
        WriteHeader(destination, BlockKind.Points, count, columns, names, at);
        return at;
    }

    /// <inheritdoc/>
    public override int WriteTail(Span<byte> destination)
    {
        WriteHeader(destination, BlockKind.End, 0, default, 0, HeaderBytes);
        return HeaderBytes;
    }

    private static int RowBytes(ColumnSet columns)
    {
        var bytes = 0;
        if ((columns & ColumnSet.Ids) != 0) bytes += sizeof(double);
        if ((columns & ColumnSet.Times) != 0) bytes += sizeof(double);
        if ((columns & ColumnSet.Values) != 0) bytes += sizeof(double);
        if ((columns & ColumnSet.Locations) != 0) bytes += 2 * sizeof(double);
        if ((columns & ColumnSet.Series) != 0) bytes += sizeof(uint);
        return bytes;
    }

    private static int Padded(int bytes) => (bytes + 7) & ~7;

    private static int Copy(ReadOnlySpan<byte> column, Span<byte> destination)
    {
        column.CopyTo(destination);
        var padded = Padded(column.Length);
        destination[column.Length..padded].Clear();
        return padded;
    }

    private static int Convert(ReadOnlySpan<long> numbers, long origin, double unit, Span<byte> destination)
    {
        var column = MemoryMarshal.Cast<byte, double>(destination[..(numbers.Length * sizeof(double))]);
        for (var i = 0; i < column.Length; i++) column[i] = (numbers[i] - origin) / unit;
        return numbers.Length * sizeof(double);
    }

    // Numbers the series of the rows in the order in which the answer meets them, and stops before the row whose name has no room.
    private int Index(ReadOnlySpan<int> rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] != _current)
            {
                if (!_indexes.TryGetValue(rows[i], out var index))
                {
                    var name = SeriesJson.Of(_catalog[rows[i]]);
                    var bytes = Encoding.UTF8.GetByteCount(name) + 2;
                    if (i > 0 && _newNameBytes + bytes > MaxNameBytes) return i;
                    _newNames.Append(_newNameBytes == 0 ? '[' : ',').Append(name);
                    _newNameBytes += bytes;
                    _indexes.Add(rows[i], index = (uint)_indexes.Count);
                }

                (_current, _index) = (rows[i], index);
            }

            _series[i] = _index;
        }

        return rows.Length;
    }

    // A JSON array, filled up with spaces, so that a reader may take the whole as text.
    private int WriteNames(Span<byte> destination)
    {
        if (_newNameBytes == 0) return 0;
        var length = Encoding.UTF8.GetBytes(_newNames.Append(']').ToString(), destination);
        var padded = Padded(length);
        destination[length..padded].Fill((byte)' ');
        _newNames.Clear();
        _newNameBytes = 0;
        return padded;
    }

    private void WriteHeader(Span<byte> destination, BlockKind kind, int count, ColumnSet columns, int names, int length)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[4..], Version);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[6..], (ushort)kind);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], (uint)count);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[12..], (uint)columns);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[16..], (uint)names);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[20..], (uint)length);
        BinaryPrimitives.WriteInt64LittleEndian(destination[24..], _last.Time);
        BinaryPrimitives.WriteInt64LittleEndian(destination[32..], _last.Id);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[40..], _total);
    }

    private enum BlockKind : ushort
    {
        Points = 0,
        End = 1,
    }

    [Flags]
    private enum ColumnSet : uint
    {
        Ids = 1,
        Times = 2,
        Values = 4,
        Locations = 8,
        Series = 16,
    }
}
