using System.Buffers;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using LiveDash.Core.Jobs;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Web.Api.Reading;

/// <summary>
/// An answer that streams points as an Apache Arrow IPC stream (arrow.apache.org, "Columnar Format", IPC streaming), which pandas, polars, DuckDB and Arrow's own
/// readers take as it is. Where a series holds states, their texts stand in a column of their own, null for numbers. The series is a dictionary that the first batch tells whole; memory is one batch whatever the number of points. See docs/COLUMNS.md.
/// </summary>
/// <param name="catalog">Names series.</param>
/// <param name="fields">Which columns.</param>
/// <param name="series">The series that may come.</param>
/// <param name="blocks">The points.</param>
/// <param name="behind">Where they are read and written, for a reader that is to disturb nobody; null for the caller's own threads.</param>
internal sealed class ArrowStream(SeriesCatalog catalog, IReadOnlyList<PointField> fields, IReadOnlyList<int> series, IAsyncEnumerable<PointBlock> blocks, WorkerScheduler? behind = null) : IResult
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/vnd.apache.arrow.stream";

    // What nanoseconds since 1970 in 64 bits can say: 1677-09-21 to 2262-04-11.
    private const long MinTicks = 529_281_216_000_000_000;
    private const long MaxTicks = 713_821_248_000_000_000;
    // Ids, values and series one each; times, x and y with a mask.
    private const int MostBuffers = 9;
    private static readonly DictionaryType s_seriesType = new(Int32Type.Default, StringType.Default, false);
    private static readonly TimestampType s_timeType = new(TimeUnit.Nanosecond, "UTC");
    private readonly Dictionary<int, int> _places = [];
    private readonly bool _hasStates = fields.Contains(PointField.Value) && series.Any(one => catalog.States.ContentOf(one) == SeriesContent.States);
    // The columns of one batch, used again for the next: the writer has copied them before it comes back.
    private readonly byte[]?[] _buffers = new byte[MostBuffers][];
    private int _used;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = MediaType;
        httpContext.Response.Headers.CacheControl = "no-store";
        var aborted = httpContext.RequestAborted;
        var piece = ArrowPieces.Pool.Get();
        try
        {
            var schema = Schema();
            var names = Names();
            // A message is written in a dozen pieces; each would be a packet of its own.
            using var writer = new ArrowStreamWriter(piece, schema, leaveOpen: true);
            writer.WriteStart();
            await SendAsync(httpContext.Response, piece);
            await using var reading = blocks.GetAsyncEnumerator(aborted);
            while (behind is null ? await NextAsync() : await behind.RunAsync(NextAsync, aborted)) await SendAsync(httpContext.Response, piece);
            writer.WriteEnd();
            await SendAsync(httpContext.Response, piece);

            // The scheduler is kept behind what it awaits.
            async Task<bool> NextAsync()
            {
                if (!await reading.MoveNextAsync()) return false;
                var block = reading.Current;
                using var batch = new RecordBatch(schema, Columns(block, names), block.Count);
                writer.WriteRecordBatch(batch);
                return true;
            }
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            // The reader has gone; nobody is left to be told.
        }
        finally
        {
            ArrowPieces.Pool.Return(piece);
            foreach (ref var buffer in _buffers.AsSpan())
            {
                if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
                buffer = null;
            }
        }
    }

    private static async Task SendAsync(HttpResponse response, MemoryStream piece)
    {
        await response.BodyWriter.WriteAsync(piece.GetBuffer().AsMemory(0, (int)piece.Length), response.HttpContext.RequestAborted);
        piece.SetLength(0);
    }

    private bool HasSeries => fields.Contains(PointField.Series) || fields.Contains(PointField.Tags);

    private Schema Schema()
    {
        var schema = new Schema.Builder();
        foreach (var field in fields)
        {
            if (field == PointField.Id) schema.Field(new Field("id", Int64Type.Default, nullable: false));
            if (field == PointField.T) schema.Field(new Field("t", s_timeType, nullable: true));
            if (field == PointField.Value) schema.Field(new Field("value", DoubleType.Default, nullable: false));
            if (field != PointField.Pt) continue;
            schema.Field(new Field("x", DoubleType.Default, nullable: true));
            schema.Field(new Field("y", DoubleType.Default, nullable: true));
        }

        if (_hasStates) schema.Field(new Field("state", StringType.Default, nullable: true));
        if (HasSeries) schema.Field(new Field("series", s_seriesType, nullable: false));
        return schema.Build();
    }

    private StringArray Names()
    {
        var names = new StringArray.Builder();
        foreach (var one in series)
        {
            _places.Add(one, _places.Count);
            names.Append(catalog[one].ToString());
        }

        return names.Build();
    }

    private List<IArrowArray> Columns(in PointBlock block, StringArray names)
    {
        _used = 0;
        var columns = new List<IArrowArray>();
        foreach (var field in fields)
        {
            if (field == PointField.Id) columns.Add(new Int64Array(Copy(block.Ids.Span), ArrowBuffer.Empty, block.Count, 0, 0));
            if (field == PointField.T) columns.Add(Times(block.Times.Span));
            if (field == PointField.Value) columns.Add(new DoubleArray(Copy(block.Values.Span), ArrowBuffer.Empty, block.Count, 0, 0));
            if (field != PointField.Pt) continue;
            columns.Add(Places(block.X.Span, block.Count));
            columns.Add(Places(block.Y.Span, block.Count));
        }

        if (_hasStates) columns.Add(States(block));
        if (!HasSeries) return columns;
        var taken = Take(block.Count * sizeof(int));
        var indices = MemoryMarshal.Cast<byte, int>(taken.Span);
        var rows = block.Series.Span;
        for (var i = 0; i < indices.Length; i++) indices[i] = _places[rows[i]];
        columns.Add(new DictionaryArray(s_seriesType, new Int32Array(new ArrowBuffer(taken), ArrowBuffer.Empty, block.Count, 0, 0), names));
        return columns;
    }

    private StringArray States(in PointBlock block)
    {
        var texts = new StringArray.Builder();
        var rows = block.Series.Span;
        var values = block.Values.Span;
        var last = -1;
        StateWords? words = null;
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] != last) words = catalog.States.Find(catalog[last = rows[i]]);
            if (words?.TextOf(values[i]) is { } text) texts.Append(text);
            else texts.AppendNull();
        }

        return texts.Build();
    }

    private TimestampArray Times(ReadOnlySpan<long> ticks)
    {
        var taken = Take(ticks.Length * sizeof(long));
        var nanoseconds = MemoryMarshal.Cast<byte, long>(taken.Span);
        var valid = Mask(ticks.Length);
        var nulls = 0;
        for (var i = 0; i < ticks.Length; i++)
        {
            if (ticks[i] is < MinTicks or > MaxTicks)
            {
                nulls++;
                nanoseconds[i] = 0;
                continue;
            }

            nanoseconds[i] = (ticks[i] - DateTime.UnixEpoch.Ticks) * 100;
            valid.Span[i / 8] |= (byte)(1 << (i % 8));
        }

        return new TimestampArray(s_timeType, new ArrowBuffer(taken), nulls == 0 ? ArrowBuffer.Empty : new ArrowBuffer(valid), ticks.Length, nulls, 0);
    }

    private DoubleArray Places(ReadOnlySpan<double> places, int count)
    {
        var valid = Mask(count);
        var nulls = count;
        var taken = Take(count * sizeof(double));
        if (places.IsEmpty) taken.Span.Clear();
        else MemoryMarshal.AsBytes(places).CopyTo(taken.Span);
        for (var i = 0; i < places.Length; i++)
        {
            if (double.IsNaN(places[i])) continue;
            valid.Span[i / 8] |= (byte)(1 << (i % 8));
            nulls--;
        }

        return new DoubleArray(new ArrowBuffer(taken), nulls == 0 ? ArrowBuffer.Empty : new ArrowBuffer(valid), count, nulls, 0);
    }

    private ArrowBuffer Copy<T>(ReadOnlySpan<T> column)
        where T : struct
    {
        var bytes = MemoryMarshal.AsBytes(column);
        var taken = Take(bytes.Length);
        bytes.CopyTo(taken.Span);
        return new ArrowBuffer(taken);
    }

    private Memory<byte> Mask(int count)
    {
        var mask = Take((count + 7) / 8);
        mask.Span.Clear();
        return mask;
    }

    private Memory<byte> Take(int length)
    {
        ref var buffer = ref _buffers[_used++];
        if (buffer is null || buffer.Length < length)
        {
            if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent(length);
        }

        return buffer.AsMemory(0, length);
    }
}
