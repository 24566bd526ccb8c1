using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Jobs.Remote;

/// <summary>Reads the binary columns of <c>GET /api/points</c> block by block (docs/COLUMNS.md). One reader an answer; not thread-safe.</summary>
/// <param name="from">The answer's body.</param>
/// <param name="numbers">The number of each series that may come.</param>
internal sealed class ColumnBlocks(Stream from, IReadOnlyDictionary<string, int> numbers)
{
    /// <summary>What <c>Accept</c> says.</summary>
    internal const string MediaType = "application/vnd.livedash.columns";

    private const uint Magic = 0x4243444C;
    private const int HeaderBytes = 48;
    private const int MostBytes = 16 * 1024 * 1024;
    private const int MostPoints = 4_096;
    private readonly List<int> _series = [];
    private readonly long[] _ids = new long[MostPoints];
    private readonly int[] _blockSeries = new int[MostPoints];
    private readonly long[] _times = new long[MostPoints];
    private readonly double[][] _columns = [new double[MostPoints], new double[MostPoints], new double[MostPoints]];
    private byte[] _bytes = new byte[64 * 1024];

    /// <summary>The time of the last point so far, in UTC ticks.</summary>
    internal long LastTime { get; private set; }

    /// <summary>The id of the last point so far.</summary>
    internal long LastId { get; private set; }

    /// <summary>The next block, valid until the one after is asked for; false at the end of a whole answer.</summary>
    /// <exception cref="IOException">The answer is cut or is none.</exception>
    internal bool Next(out PointBlock block)
    {
        block = Empty();
        from.ReadExactly(_bytes.AsSpan(0, HeaderBytes));
        var header = _bytes.AsSpan(0, HeaderBytes);
        var size = BinaryPrimitives.ReadInt32LittleEndian(header[20..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != Magic || BinaryPrimitives.ReadUInt16LittleEndian(header[4..]) != 1 || size is < HeaderBytes or > MostBytes)
        {
            throw new IOException("The server's answer is not of columns, version 1.");
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(header[6..]) == 1) return false;
        var count = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        var columns = BinaryPrimitives.ReadUInt32LittleEndian(header[12..]);
        var names = BinaryPrimitives.ReadInt32LittleEndian(header[16..]);
        var lastTime = DateTime.UnixEpoch.Ticks + BinaryPrimitives.ReadInt64LittleEndian(header[24..]);
        var lastId = BinaryPrimitives.ReadInt64LittleEndian(header[32..]);
        if (count is < 0 or > MostPoints || names < 0 || names > size - HeaderBytes) throw new IOException("The server's answer has a block that cannot be.");
        if (_bytes.Length < size) _bytes = new byte[size];
        from.ReadExactly(_bytes.AsSpan(0, size - HeaderBytes));
        if (names > 0) AddNames(_bytes.AsMemory(0, names));
        block = Take(_bytes.AsSpan(names, size - HeaderBytes - names), count, columns);
        (LastTime, LastId) = (lastTime, lastId);
        return true;
    }

    private static PointBlock Empty() => new() { Ids = default, Series = default, Times = default, Values = default };

    private void AddNames(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var one in document.RootElement.EnumerateArray())
        {
            var tags = one.TryGetProperty("tags", out var all) ? all.EnumerateObject().Select(static t => new KeyValuePair<string, string>(t.Name, t.Value.GetString()!)) : [];
            _series.Add(numbers.GetValueOrDefault(new SeriesKey(one.GetProperty("series").GetString()!, [.. tags]).ToString(), -1));
        }
    }

    private PointBlock Take(ReadOnlySpan<byte> bytes, int count, uint columns)
    {
        if ((columns & 1) != 0) bytes = bytes[(count * 8)..];
        var times = MemoryMarshal.Cast<byte, double>(bytes[..(count * 8)]);
        for (var i = 0; i < count; i++) _times[i] = DateTime.UnixEpoch.Ticks + (long)Math.Round(times[i] * TimeSpan.TicksPerMillisecond);
        bytes = bytes[(count * 8)..];
        bytes = Column(bytes, count, 0);
        var located = (columns & 8) != 0;
        if (located)
        {
            bytes = Column(bytes, count, 1);
            bytes = Column(bytes, count, 2);
        }

        var places = MemoryMarshal.Cast<byte, uint>(bytes[..(count * 4)]);
        for (var i = 0; i < count; i++) _blockSeries[i] = places[i] < (uint)_series.Count ? _series[(int)places[i]] : -1;
        return new PointBlock
        {
            Ids = _ids.AsMemory(0, count),
            Series = _blockSeries.AsMemory(0, count),
            Times = _times.AsMemory(0, count),
            Values = _columns[0].AsMemory(0, count),
            X = located ? _columns[1].AsMemory(0, count) : default,
            Y = located ? _columns[2].AsMemory(0, count) : default,
        };
    }

    private ReadOnlySpan<byte> Column(ReadOnlySpan<byte> bytes, int count, int column)
    {
        MemoryMarshal.Cast<byte, double>(bytes[..(count * 8)]).CopyTo(_columns[column]);
        return bytes[(count * 8)..];
    }
}
