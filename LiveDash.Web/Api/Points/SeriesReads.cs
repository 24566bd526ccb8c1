using System.ComponentModel;
using System.Text.Json.Serialization;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Web.Api.Reading;
using Microsoft.AspNetCore.Mvc;

namespace LiveDash.Web.Api.Points;

/// <summary>What series there are: <c>GET /api/series</c>.</summary>
internal static class SeriesReads
{
    /// <summary>Adds the route.</summary>
    public static void MapSeriesReads(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/series", Read)
            .WithTags("series")
            .WithSummary("Every series with stored points: how many, the first and last time, and the mean rate between them")
            .Produces<SeriesAnswer[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static IResult Read(
        [FromQuery(Name = "series")] [Description("Only these: a name or name{tag=value,...} with wildcards; may be repeated.")] string[]? series,
        [FromQuery(Name = "tag")] [Description("Only series with this tag, key=value with wildcards; may be repeated.")] string[]? tag,
        [FromServices] SeriesCatalog catalog,
        [FromServices] IPointStore store)
    {
        var chosen = SeriesSelection.TryChoose(catalog, series, tag, out var fault);
        if (chosen is null) return ApiProblem.BadParameter(fault.Parameter, fault.Detail);
        var wanted = chosen.ToHashSet();
        var answer = store.GetStats()
            .Where(stats => wanted.Contains(stats.Series))
            .Select(stats => SeriesAnswer.From(catalog[stats.Series], stats, catalog.States))
            .OrderBy(static one => one.Key, StringComparer.Ordinal)
            .ToArray();
        return Results.Json(answer);
    }

    /// <summary>One series.</summary>
    /// <param name="Key">The canonical text, for ordering.</param>
    /// <param name="Series">The name.</param>
    /// <param name="Tags">The tags; left out where there are none.</param>
    /// <param name="Count">How many points are stored.</param>
    /// <param name="First">The first event time.</param>
    /// <param name="Last">The last event time.</param>
    /// <param name="Rate">Points a second between the two; 0 where they are the same.</param>
    /// <param name="States">The different states it has had; left out for numbers.</param>
    internal sealed record SeriesAnswer(
        [property: JsonPropertyName("key")] string Key,
        string Series,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Tags,
        long Count,
        DateTime First,
        DateTime Last,
        double Rate,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? States)
    {
        public static SeriesAnswer From(SeriesKey key, SeriesStats stats, StateBook states)
        {
            var seconds = (stats.Last - stats.First) / (double)TimeSpan.TicksPerSecond;
            return new SeriesAnswer(
                key.ToString(),
                key.Name,
                key.Tags.Count == 0 ? null : key.Tags.ToDictionary(),
                stats.Count,
                new DateTime(stats.First, DateTimeKind.Utc),
                new DateTime(stats.Last, DateTimeKind.Utc),
                seconds > 0 ? (stats.Count - 1) / seconds : 0,
                states.ContentOf(stats.Series) == SeriesContent.States ? states.Find(key)?.Texts : null);
        }
    }
}
