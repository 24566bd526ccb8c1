using System.ComponentModel;
using LiveDash.Core.Engine;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Web.Api.Reading;
using Microsoft.AspNetCore.Mvc;

namespace LiveDash.Web.Api.Points;

/// <summary><c>DELETE /api/points</c>: takes points away for good, those that a wrong clock stamped for instance; <c>preview=true</c> says how many they would be.</summary>
internal static class PointDeletes
{
    /// <summary>Adds the route.</summary>
    public static void MapPointDeletes(this IEndpointRouteBuilder app) => app.MapDelete("/api/points", DeleteAsync)
        .WithTags("points")
        .WithSummary("Deletes the points of some series within a range of time; windows and charts are read anew")
        .Produces<DeletedAnswer>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> DeleteAsync(
        [FromQuery] [Description("Series to take points of: name or name{tag=value,...}, with * and ? as wildcards; several by repeating the parameter or with commas.")] string[] series,
        [FromQuery] [Description("First moment: ISO 8601, epoch milliseconds, or relative such as now-15m.")] string from,
        [FromQuery] [Description("First moment after the range; the same forms as from.")] string to,
        [FromQuery] [Description("True says how many points would go, and takes none.")] bool? preview,
        SeriesCatalog catalog, IPointStore store, LiveEngine engine, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcTicks;
        if (series.All(string.IsNullOrWhiteSpace)) return ApiProblem.BadParameter("series", "Name the series to take points of, such as series=cpu.load{host=a}; series=* means all.");
        if (!TimeText.TryParse(from, now, out var first)) return ApiProblem.BadParameter("from", "'from' is a time such as now-1d, 2026-11-20T10:00:00Z or epoch milliseconds.");
        if (!TimeText.TryParse(to, now, out var last)) return ApiProblem.BadParameter("to", "'to' is a time such as now, 2026-11-21T10:00:00Z or epoch milliseconds.");
        if (last <= first) return ApiProblem.BadParameter("to", "'to' is not after 'from'.");
        if (SeriesSelection.TryChoose(catalog, series, null, out var fault) is not { } chosen) return ApiProblem.BadParameter(fault.Parameter, fault.Detail);
        var range = new TimeRange(first, last);
        var points = preview == true ? await CountAsync(store, chosen, range, cancellationToken) : await store.DeleteAsync(chosen, range, cancellationToken);
        // Not with the request's end: what is deleted must go from the screen too.
        if (preview != true && points.Count > 0) await engine.RebuildAsync([.. points.Keys], CancellationToken.None);
        var answer = points.Select(pair => new DeletedSeries(catalog[pair.Key].ToString(), pair.Value)).OrderBy(static one => one.Series, StringComparer.Ordinal).ToArray();
        return Results.Json(new DeletedAnswer(preview == true, points.Values.Sum(), answer));
    }

    private static async Task<IReadOnlyDictionary<int, long>> CountAsync(IPointStore store, IReadOnlyList<int> series, TimeRange range, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<int, long>();
        if (series.Count == 0) return counts;
        await foreach (var block in store.ScanAsync(new PointQuery { Series = series, Range = range }, cancellationToken))
        {
            for (var i = 0; i < block.Count; i++)
            {
                var one = block.Series.Span[i];
                counts[one] = counts.GetValueOrDefault(one) + 1;
            }
        }

        return counts;
    }

    /// <summary>What went, or would go.</summary>
    /// <param name="Preview">True where nothing went.</param>
    /// <param name="Points">How many points.</param>
    /// <param name="Series">The same by series.</param>
    internal sealed record DeletedAnswer(bool Preview, long Points, IReadOnlyList<DeletedSeries> Series);

    /// <summary>What of one series.</summary>
    internal sealed record DeletedSeries(string Series, long Points);
}
