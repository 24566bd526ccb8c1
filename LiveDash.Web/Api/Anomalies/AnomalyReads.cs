using System.ComponentModel;
using LiveDash.Core.Detection;
using LiveDash.Core.Model;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Storage;
using LiveDash.Web.Api.Points;
using LiveDash.Web.Api.Reading;
using Microsoft.AspNetCore.Mvc;

namespace LiveDash.Web.Api.Anomalies;

/// <summary>The strange moments of stored series, without a rule: <c>GET /api/anomalies</c>.</summary>
internal static class AnomalyReads
{
    // Each series is read from its beginning, so the number bounds the work of one request. Whoever wants more asks in parts.
    private const int MostSeries = 1_000;

    /// <summary>Adds the route.</summary>
    public static void MapAnomalyReads(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/anomalies", ReadAsync)
            .WithTags("anomalies")
            .WithSummary("The anomalous stretches of stored series and why each is one, by the detector at its default or another sensitivity; the strangest series first")
            .WithDescription(SummaryWarning.Told)
            .Produces<AnomalyAnswer[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> ReadAsync(
        [FromQuery(Name = "series")] [Description("Which series: a name or name{tag=value,...} with wildcards; may be repeated; at most 1,000 series.")] string[]? series,
        [FromQuery(Name = "from")] [Description("Tell stretches that begin at or after this time; all of them when left out. The detector learns from what came before it too.")] string? from,
        [FromQuery(Name = "to")] [Description("Judge points before this time; all of them when left out.")] string? to,
        [FromQuery(Name = "sensitivity")] [Description("low, medium (the default: at most one false alarm a series and month) or high.")] string? sensitivity,
        [FromQuery(Name = "zone")] [Description("The time zone whose hours and weekdays repeat in the series, such as Europe/Berlin; that of LiveDash:Detection:Zone when left out.")] string? zone,
        SeriesCatalog catalog,
        IPointStore store,
        TimeProvider time,
        LocalClock clock,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcTicks;
        long first = TimeRange.All.From, last = TimeRange.All.To;
        if (from is not null && !TimeText.TryParse(from, now, out first)) return ApiProblem.BadParameter("from", $"'{from}' is not a time, such as now-30d or 2026-11-20T10:00:00Z.");
        if (to is not null && !TimeText.TryParse(to, now, out last)) return ApiProblem.BadParameter("to", $"'{to}' is not a time, such as now or 2026-11-20T10:00:00Z.");
        if (last < first) return ApiProblem.BadParameter("to", "The range ends before it begins: 'to' must not be before 'from'.");
        if (!Enum.TryParse<Sensitivity>(sensitivity ?? nameof(Sensitivity.Medium), ignoreCase: true, out var readiness) || !Enum.IsDefined(readiness) || int.TryParse(sensitivity, out _))
        {
            return ApiProblem.BadParameter("sensitivity", $"'{sensitivity}' is not low, medium or high.");
        }

        if (zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var given)) clock = new LocalClock(given);
        else if (zone is not null) return ApiProblem.BadParameter("zone", $"'{zone}' is not a time zone, such as Europe/Berlin.");
        var chosen = SeriesSelection.TryChooseNumbers(catalog, series, null, out var fault);
        if (chosen is null) return ApiProblem.BadParameter(fault.Parameter, fault.Detail);
        if (chosen.Count > MostSeries) return ApiProblem.BadParameter("series", $"{chosen.Count:N0} series were chosen, {MostSeries:N0} are the most; choose fewer.");

        // The detector learns from the beginning, so what is old counts too.
        SummaryWarning.Say(response, store, new PointQuery { Series = chosen, Range = new TimeRange(TimeRange.All.From, last) });
        var answers = new List<AnomalyAnswer>(chosen.Count);
        foreach (var one in chosen)
        {
            answers.Add(await new AnomalyScan(readiness, clock, new TimeRange(first, last), SeriesUnits.Text(SeriesUnits.Of(catalog[one].Name))).RunAsync(catalog[one].ToString(), one, store, cancellationToken));
        }

        return Results.Json(answers.OrderByDescending(static answer => answer.Peak).ThenBy(static answer => answer.Series, StringComparer.Ordinal));
    }
}
