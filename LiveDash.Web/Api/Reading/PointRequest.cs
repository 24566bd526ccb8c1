using System.Globalization;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Jobs;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using Microsoft.Net.Http.Headers;

namespace LiveDash.Web.Api.Reading;

/// <summary>What a reader of points asked for, checked. Immutable.</summary>
internal sealed record PointRequest
{
    private const string ExpectedTime = "an ISO 8601 time such as 2026-11-21T09:30:00Z, epoch milliseconds, or now-15m";
    private static readonly PointField[] s_allFields = Enum.GetValues<PointField>();

    /// <summary>Which points, but for <see cref="AfterId"/>.</summary>
    public required PointQuery Query { get; init; }

    /// <summary>The id to resume behind where its time is not known.</summary>
    public long? AfterId { get; init; }

    /// <summary>What each line holds, in this order.</summary>
    public IReadOnlyList<PointField> Fields { get; init; } = s_allFields;

    /// <summary>How the points are written.</summary>
    public PointFormat Format { get; init; }

    /// <summary>The answer that streams them.</summary>
    /// <param name="catalog">Names series.</param>
    /// <param name="blocks">The points.</param>
    /// <param name="behind">Where they are read and written as Arrow, for a reader that is to disturb nobody; null for the caller's own threads.</param>
    public IResult Answer(SeriesCatalog catalog, IAsyncEnumerable<PointBlock> blocks, WorkerScheduler? behind = null) => Format == PointFormat.Arrow
        ? new ArrowStream(catalog, Fields, Query.Series, blocks, behind)
        : new PointStream(Writer(catalog), blocks);

    /// <summary>What writes them, but for Arrow.</summary>
    public PointWriter Writer(SeriesCatalog catalog) => Format switch
    {
        PointFormat.Csv => new CsvWriter(catalog, Fields),
        PointFormat.Columns => new ColumnsWriter(catalog, Fields),
        _ => new NdjsonWriter(catalog, Fields),
    };

    /// <summary>Reads the parameters.</summary>
    /// <returns>The request, or null with the problem to answer.</returns>
    public static PointRequest? TryRead(PointParameters parameters, HttpRequest http, SeriesCatalog catalog, long nowTicks, out IResult? problem)
    {
        var series = SeriesSelection.TryChoose(catalog, parameters.Series, parameters.Tag, out var fault);
        var range = TimeRange.All;
        long? limit = null;
        var descending = false;
        BoundingBox? box = null;
        IReadOnlyList<PointField> fields = s_allFields;
        (long Ticks, long Id)? after = null;
        var format = PointFormat.Ndjson;
        long? arrivedAfter = null;
        var good = series is not null
            && TryRange(parameters, nowTicks, out range, ref fault)
            && TryLimit(parameters.Limit, out limit, ref fault)
            && TryOrder(parameters.Order, out descending, ref fault)
            && TryBox(parameters.BBox, out box, ref fault)
            && TryFields(parameters.Fields, ref fields, ref fault)
            && TryAfter(parameters.After, nowTicks, out after, ref fault)
            && TryArrivedAfter(parameters.ArrivedAfter, out arrivedAfter, ref fault)
            && TryFormat(parameters.Format, http, out format, ref fault);
        problem = good ? null : ApiProblem.BadParameter(fault.Parameter, fault.Detail);
        if (!good) return null;
        return new PointRequest
        {
            Query = new PointQuery
            {
                Series = series!,
                Range = range,
                Limit = limit,
                Descending = descending,
                Box = box,
                After = after is { Ticks: >= 0 } ? after : null,
                ArrivedAfter = arrivedAfter ?? 0,
            },
            AfterId = after is { Ticks: < 0 } ? after.Value.Id : null,
            Fields = fields,
            Format = format,
        };
    }

    private static bool TryRange(PointParameters parameters, long nowTicks, out TimeRange range, ref (string, string) fault)
    {
        range = TimeRange.All;
        long from = range.From, to = range.To;
        if (parameters.From is { } first && !TimeText.TryParse(first, nowTicks, out from))
        {
            fault = ("from", $"'{first}' is not {ExpectedTime}.");
            return false;
        }

        if (parameters.To is { } last && !TimeText.TryParse(last, nowTicks, out to))
        {
            fault = ("to", $"'{last}' is not {ExpectedTime}.");
            return false;
        }

        if (to < from)
        {
            fault = ("to", "The range ends before it begins: 'to' must not be before 'from'.");
            return false;
        }

        range = new TimeRange(from, to);
        return true;
    }

    private static bool TryLimit(string? text, out long? limit, ref (string, string) fault)
    {
        limit = null;
        if (text is null) return true;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            limit = number;
            return true;
        }

        fault = ("limit", $"'{text}' is not a whole number of 1 or more.");
        return false;
    }

    private static bool TryOrder(string? text, out bool descending, ref (string, string) fault)
    {
        descending = text == "desc";
        if (text is null or "asc" or "desc") return true;
        fault = ("order", $"'{text}' is neither asc nor desc.");
        return false;
    }

    private static bool TryBox(string? text, out BoundingBox? box, ref (string, string) fault)
    {
        box = null;
        if (text is null) return true;
        var parts = text.Split(',');
        var sides = new double[4];
        var good = parts.Length == 4;
        for (var i = 0; i < 4 && good; i++)
        {
            good = double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out sides[i]) && double.IsFinite(sides[i]);
        }

        if (good && sides[0] <= sides[2] && sides[1] <= sides[3])
        {
            box = new BoundingBox(sides[0], sides[1], sides[2], sides[3]);
            return true;
        }

        fault = ("bbox", $"'{text}' is not minX,minY,maxX,maxY: four finite numbers, the minima not above the maxima.");
        return false;
    }

    private static bool TryFields(string? text, ref IReadOnlyList<PointField> fields, ref (string, string) fault)
    {
        if (text is null) return true;
        var chosen = new List<PointField>();
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var field = Array.FindIndex(s_allFields, one => string.Equals(one.ToString(), name, StringComparison.OrdinalIgnoreCase));
            if (field < 0 || chosen.Contains(s_allFields[field]))
            {
                fault = ("fields", field < 0 ? $"'{name}' is no field; there are id, series, tags, t, value, pt." : $"'{name}' stands twice.");
                return false;
            }

            chosen.Add(s_allFields[field]);
        }

        fields = chosen;
        return true;
    }

    // A time that is not known is told as -1.
    private static bool TryAfter(string? text, long nowTicks, out (long Ticks, long Id)? after, ref (string, string) fault)
    {
        after = null;
        if (text is null) return true;
        var comma = text.LastIndexOf(',');
        var ticks = -1L;
        if (long.TryParse(text.AsSpan(comma + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && (comma < 0 || TimeText.TryParse(text.AsSpan(0, comma), nowTicks, out ticks)))
        {
            after = (ticks, id);
            return true;
        }

        fault = ("after", $"'{text}' is neither the id of a point nor its time and id, such as 2026-11-21T09:30:00Z,7.");
        return false;
    }

    private static bool TryArrivedAfter(string? text, out long? id, ref (string, string) fault)
    {
        id = null;
        if (text is null) return true;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            id = number;
            return true;
        }

        fault = ("arrivedAfter", $"'{text}' is not the id of a point, a whole number of 0 or more.");
        return false;
    }

    private static bool TryFormat(string? text, HttpRequest http, out PointFormat format, ref (string, string) fault)
    {
        format = text switch { null => Preferred(http), "csv" => PointFormat.Csv, "columns" => PointFormat.Columns, "arrow" => PointFormat.Arrow, _ => PointFormat.Ndjson };
        if (text is null or "csv" or "ndjson" or "columns" or "arrow") return true;
        fault = ("format", $"'{text}' is neither ndjson, csv, arrow nor columns.");
        return false;
    }

    // NDJSON also for those who cannot name it: only a reader that ranks another form higher gets that.
    private static PointFormat Preferred(HttpRequest http)
    {
        Span<double> ranks = stackalloc double[4];
        foreach (var accepted in http.GetTypedHeaders().Accept)
        {
            var format = accepted.MediaType.Equals(ColumnsWriter.MediaType, StringComparison.OrdinalIgnoreCase) ? PointFormat.Columns
                : accepted.MediaType.Equals(ArrowStream.MediaType, StringComparison.OrdinalIgnoreCase) ? PointFormat.Arrow
                : accepted.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase) ? PointFormat.Csv
                : PointFormat.Ndjson;
            if (format == PointFormat.Ndjson && !accepted.MediaType.EndsWith("ndjson", StringComparison.OrdinalIgnoreCase)) continue;
            ranks[(int)format] = Math.Max(ranks[(int)format], accepted.Quality ?? 1);
        }

        var best = PointFormat.Ndjson;
        foreach (var format in new[] { PointFormat.Csv, PointFormat.Columns, PointFormat.Arrow })
        {
            if (ranks[(int)format] > ranks[(int)best]) best = format;
        }

        return best;
    }
}
