using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Jobs.Remote;

/// <summary>
/// Reads the Apache Arrow IPC stream of <c>GET /api/points</c> batch by batch (docs/COLUMNS.md), on the calling thread. One reader an answer; not thread-safe.
/// </summary>
/// <param name="from">The answer's body; not closed.</param>
/// <param name="numbers">The number of each series that may come.</param>
internal sealed class ArrowBlocks(Stream from, IReadOnlyDictionary<string, int> numbers) : IDisposable
{
    /// <summary>What <c>Accept</c> says.</summary>
    internal const string MediaType = "application/vnd.apache.arrow.stream";

    // More than any batch that the server writes.
    private const int MostPoints = 1 << 20;
    private const long TicksOfNanoseconds = 100;
    private readonly ArrowTail _tail = new(from);
    private ArrowStreamReader? _reader;
    private RecordBatch? _batch;
    private StringArray? _names;
    // The number of each name of the dictionary.
    private int[] _places = [];
    private int[] _series = [];
    private long[] _ids = [];
    private long[] _times = [];
    private double[] _values = [];
    private double[] _x = [];
    private double[] _y = [];

    /// <summary>The time of the last point so far, in UTC ticks.</summary>
    internal long LastTime { get; private set; }

    /// <summary>The id of the last point so far.</summary>
    internal long LastId { get; private set; }

    /// <summary>The next block, valid until the one after is asked for; false at the end of a whole answer.</summary>
    /// <exception cref="IOException">The answer is cut or is none.</exception>
    /// <exception cref="PlotException">A point is at a time that Arrow's nanoseconds cannot say.</exception>
    internal bool Next(out PointBlock block)
    {
        block = new PointBlock { Ids = default, Series = default, Times = default, Values = default };
        _batch?.Dispose();
        _batch = null;
        try
        {
            _reader ??= new ArrowStreamReader(_tail, leaveOpen: true);
            _batch = _reader.ReadNextRecordBatch();
            if (_batch is null)
            {
                // The library takes a cut between two messages for an end.
                if (!_tail.IsWhole) throw new IOException("The server's answer is cut.");
                return false;
            }

            block = Take(_batch);
            return true;
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException or ArgumentException or NotSupportedException or InvalidCastException or OverflowException)
        {
            throw new IOException("The server's answer is no stream of Apache Arrow, or is damaged.", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _batch?.Dispose();
        _reader?.Dispose();
    }

    private PointBlock Take(RecordBatch batch)
    {
        var count = batch.Length;
        if (count is < 0 or > MostPoints) throw new InvalidDataException("A batch is too long.");
        if (_ids.Length < count) (_ids, _times, _values, _series) = (new long[count], new long[count], new double[count], new int[count]);
        Column<Int64Array>(batch, "id").Values[..count].CopyTo(_ids);
        Column<DoubleArray>(batch, "value").Values[..count].CopyTo(_values);
        var times = Column<TimestampArray>(batch, "t");
        if (times.NullCount > 0) throw new PlotException("A point lies before 1677 or after 2262, which workers of their own cannot draw. Shorten the range.");
        var nanoseconds = times.Values;
        for (var i = 0; i < count; i++) _times[i] = DateTime.UnixEpoch.Ticks + (nanoseconds[i] / TicksOfNanoseconds);
        var names = Column<DictionaryArray>(batch, "series");
        Know((StringArray)names.Dictionary);
        var indices = ((Int32Array)names.Indices).Values;
        for (var i = 0; i < count; i++) _series[i] = _places[indices[i]];
        var located = batch.Schema.GetFieldIndex("x") >= 0;
        if (located)
        {
            if (_x.Length < count) (_x, _y) = (new double[count], new double[count]);
            Places(Column<DoubleArray>(batch, "x"), _x);
            Places(Column<DoubleArray>(batch, "y"), _y);
        }

        if (count > 0) (LastTime, LastId) = (_times[count - 1], _ids[count - 1]);
        return new PointBlock
        {
            Ids = _ids.AsMemory(0, count),
            Series = _series.AsMemory(0, count),
            Times = _times.AsMemory(0, count),
            Values = _values.AsMemory(0, count),
            X = located ? _x.AsMemory(0, count) : default,
            Y = located ? _y.AsMemory(0, count) : default,
        };
    }

    // The dictionary is told once, so this is done once an answer.
    private void Know(StringArray names)
    {
        if (ReferenceEquals(names, _names)) return;
        if (names.Length != _places.Length) _places = new int[names.Length];
        for (var i = 0; i < names.Length; i++) _places[i] = numbers.GetValueOrDefault(names.GetString(i), -1);
        _names = names;
    }

    private static void Places(DoubleArray column, double[] into)
    {
        column.Values[..column.Length].CopyTo(into);
        if (column.NullCount == 0) return;
        for (var i = 0; i < column.Length; i++)
        {
            if (column.IsNull(i)) into[i] = double.NaN;
        }
    }

    private static T Column<T>(RecordBatch batch, string name) where T : class, IArrowArray =>
        batch.Schema.GetFieldIndex(name) is var at and >= 0 && batch.Column(at) is T column ? column : throw new InvalidDataException($"The column {name} is missing.");
}
