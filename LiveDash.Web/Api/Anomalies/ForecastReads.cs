using System.ComponentModel;
using LiveDash.Core.Detection;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;
using LiveDash.Web.Api.Reading;
using Microsoft.AspNetCore.Mvc;

namespace LiveDash.Web.Api.Anomalies;

/// <summary>What series are expected to do: <c>GET /api/forecast</c>.</summary>
internal static class ForecastReads
{
    // Each is taught from its past for the answer, so the number bounds the work of one request.
    private const int MostSeries = 20;
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(7);

    /// <summary>Adds the route.</summary>
    public static void MapForecastReads(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/forecast", ReadAsync)
            .WithTags("anomalies")
            .WithSummary("What series are expected to be a horizon ahead, with a band, how good such forecasts were so far, and when they reach a value")
            .Produces<ForecastAnswer[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> ReadAsync(
        [FromQuery(Name = "series")] [Description("Which series: a name or name{tag=value,...} with wildcards; may be repeated; at most 20 series.")] string[]? series,
        [FromQuery(Name = "horizon")] [Description("How far ahead, such as 1h, which it is when left out; at most 7d.")] string? horizon,
        [FromQuery(Name = "target")] [Description("A value that they may reach: tells when, if they go on as they do.")] double? target,
        SeriesCatalog catalog,
        LiveEngine engine,
        CancellationToken cancellationToken)
    {
        if (!DurationText.TryParse(horizon ?? "1h", out var ahead) || ahead > s_longest) return ApiProblem.BadParameter("horizon", $"'{horizon}' is not a duration of at most 7d, such as 1h.");
        if (target is { } value && !double.IsFinite(value)) return ApiProblem.BadParameter("target", "'target' is a finite number.");
        var chosen = SeriesSelection.TryChooseNumbers(catalog, series, null, out var fault);
        if (chosen is null) return ApiProblem.BadParameter(fault.Parameter, fault.Detail);
        if (chosen.Count > MostSeries) return ApiProblem.BadParameter("series", $"{chosen.Count:N0} series were chosen, {MostSeries:N0} are the most; choose fewer.");
        var answers = new List<ForecastAnswer>();
        foreach (var one in chosen)
        {
            using var lease = engine.LeaseForecast(one, ahead);
            await lease.WhenReadyAsync(cancellationToken);
            TimeToValue? reach = target is { } wanted ? await lease.TimeToAsync(wanted, cancellationToken) : null;
            answers.Add(ForecastAnswer.Of(catalog[one].ToString(), ahead, lease.Prediction, reach, engine.NowTicks));
        }

        return Results.Json(answers);
    }
}
