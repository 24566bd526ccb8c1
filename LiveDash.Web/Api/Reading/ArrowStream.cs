using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
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
internal sealed class ArrowStream(SeriesCatalog catalog, IReadOnlyList<PointField> fields, IReadOnlyList<int> series, IAsyncEnumerable<PointBlock> blocks) : IResult
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/vnd.apache.arrow.stream";

    // What nanoseconds since 1970 in 64 bits can say: 1677-09-21 to 2262-04-11.
    private const long MinTicks = 529_281_216_000_000_000;
    private const long MaxTicks = 713_821_248_000_000_000;
    private static readonly DictionaryType s_seriesType = new(Int32Type.Default, StringType.Default, false);
    private static readonly TimestampType s_timeType = new(TimeUnit.Nanosecond, "UTC");
    private readonly Dictionary<int, int> _places = [];
    private readonly bool _hasStates = fields.Contains(PointField.Value) && series.Any(one => catalog.States.ContentOf(one) == SeriesContent.States);

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = MediaType;
        httpContext.Response.Headers.CacheControl = "no-store";
        var aborted = httpContext.RequestAborted;
        try
        {
            var schema = Schema();
            var names = Names();
            using var writer = new ArrowStreamWriter(httpContext.Response.Body, schema, leaveOpen: true);
            await writer.WriteStartAsync(aborted);
            await foreach (var block in blocks.WithCancellation(aborted))
            {
                using var batch = new RecordBatch(schema, Columns(block, names), block.Count);
                await writer.WriteRecordBatchAsync(batch, aborted);
                await httpContext.Response.Body.FlushAsync(aborted);
            }

            await writer.WriteEndAsync(aborted);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            // The reader has gone; nobody is left to be told.
        }
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
        var indices = new int[block.Count];
        var rows = block.Series.Span;
        for (var i = 0; i < indices.Length; i++) indices[i] = _places[rows[i]];
        columns.Add(new DictionaryArray(s_seriesType, new Int32Array(Copy<int>(indices), ArrowBuffer.Empty, block.Count, 0, 0), names));
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

    private static TimestampArray Times(ReadOnlySpan<long> ticks)
    {
        var nanoseconds = new long[ticks.Length];
        var valid = new byte[(ticks.Length + 7) / 8];
        var nulls = 0;
        for (var i = 0; i < ticks.Length; i++)
        {
            if (ticks[i] is < MinTicks or > MaxTicks)
            {
                nulls++;
                continue;
            }

            nanoseconds[i] = (ticks[i] - DateTime.UnixEpoch.Ticks) * 100;
            valid[i / 8] |= (byte)(1 << (i % 8));
        }

        return new TimestampArray(s_timeType, Copy<long>(nanoseconds), nulls == 0 ? ArrowBuffer.Empty : new ArrowBuffer(valid), ticks.Length, nulls, 0);
    }

    private static DoubleArray Places(ReadOnlySpan<double> places, int count)
    {
        var valid = new byte[(count + 7) / 8];
        var nulls = count;
        for (var i = 0; i < places.Length; i++)
        {
            if (double.IsNaN(places[i])) continue;
            valid[i / 8] |= (byte)(1 << (i % 8));
            nulls--;
        }

        return new DoubleArray(places.IsEmpty ? Copy<double>(new double[count]) : Copy(places), nulls == 0 ? ArrowBuffer.Empty : new ArrowBuffer(valid), count, nulls, 0);
    }

    private static ArrowBuffer Copy<T>(ReadOnlySpan<T> column)
        where T : struct => new(MemoryMarshal.AsBytes(column).ToArray());
}
