using System.ComponentModel;
using System.Text.Json;
using LiveDash.Core.Geometry;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Core.Selections;
using LiveDash.Core.Statistics;
using LiveDash.Core.Storage;
using LiveDash.Web.Api.Bodies;
using LiveDash.Web.Api.Points;
using LiveDash.Web.Api.Reading;
using Microsoft.AspNetCore.Mvc;

namespace LiveDash.Web.Api.Statistics;

/// <summary><c>/api/statistics</c>: what stored points come to, all of them or those within a shape. A request that is broken off ends the reading.</summary>
public static class StatisticsEndpoints
{
    private const int MostBins = 500;

    /// <summary>Maps the routes.</summary>
    public static void MapStatistics(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/statistics", (
                [AsParameters] StatisticsParameters parameters, HttpContext context, [FromServices] StatisticsServices services) => AnswerAsync(parameters, null, default, services, context))
            .WithTags("points")
            .WithSummary("Histogram, box, distribution, hours of the week and correlation of stored points, exact")
            .WithDescription("Where some of the points are downsampled (LiveDash:Storage:Tiers), a header Warning says up to when and at what step: number, mean, least and greatest are of all points all the same, quartiles, deviation and distribution of the last of each step.")
            .Produces<StatisticsAnswer>()
            .ProducesProblem(400).ProducesProblem(503);
        app.MapPost("/api/statistics", PostAsync)
            .WithTags("points")
            .WithSummary("The same of the points within the GeoJSON in the body, as POST /api/points/query takes it")
            .WithDescription(SummaryWarning.Told)
            .AcceptsJson<JsonElement>("application/geo+json")
            .Produces<StatisticsAnswer>()
            .ProducesProblem(400).ProducesProblem(413).ProducesProblem(503)
            .DisableAntiforgery();
    }

    private static async Task<IResult> PostAsync(
        [AsParameters] StatisticsParameters parameters, HttpContext context, [FromServices] StatisticsServices services, [FromServices] Limits limits,
        [Description("What the shape's corners are: location (the default), or time-value, each corner then being milliseconds since 1970 and a value.")] string? plane = null)
    {
        if (plane is not (null or "location" or "time-value")) return ApiProblem.BadParameter("plane", $"'{plane}' is neither location nor time-value.");
        var (shape, _, fault) = await ShapeBody.ReadAsync(context, limits);
        return fault ?? await AnswerAsync(parameters, shape, plane == "time-value" ? ShapePlane.TimeValue : ShapePlane.Location, services, context);
    }

    private static async Task<IResult> AnswerAsync(StatisticsParameters parameters, Shape? shape, ShapePlane plane, StatisticsServices services, HttpContext context)
    {
        if (services.Store.Status.State == StoreState.Opening) return ApiProblem.Result(503, "store_opening", "The store is being opened; ask again in a moment.");
        var series = SeriesSelection.TryChooseNumbers(services.Catalog, parameters.Series, parameters.Tag, out var fault);
        if (series is null) return ApiProblem.BadParameter(fault.Parameter, fault.Detail);
        var now = services.Time.GetUtcNow().UtcTicks;
        var range = TimeRange.All;
        if (parameters.From is { } first)
        {
            if (!TimeText.TryParse(first, now, out var from)) return ApiProblem.BadParameter("from", $"'{first}' is not a time, such as now-1d or 2026-11-20T10:00:00Z.");
            range = range with { From = from };
        }

        if (parameters.To is { } last)
        {
            if (!TimeText.TryParse(last, now, out var to)) return ApiProblem.BadParameter("to", $"'{last}' is not a time, such as now or 2026-11-20T10:00:00Z.");
            if (to < range.From) return ApiProblem.BadParameter("to", "The range ends before it begins: 'to' must not be before 'from'.");
            range = range with { To = to };
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(parameters.Zone ?? "UTC", out var zone)) return ApiProblem.BadParameter("zone", $"'{parameters.Zone}' is not a time zone, such as Europe/Berlin.");
        int? bins = null;
        if (parameters.Bins is { } text)
        {
            if (!int.TryParse(text, out var number) || number is < 2 or > MostBins) return ApiProblem.BadParameter("bins", $"'{text}' is not a whole number from 2 to {MostBins}.");
            bins = number;
        }

        try
        {
            var found = await services.Reader.ReadAsync(new() { Series = series, Range = range, Shape = shape, Plane = plane, Zone = zone, Bins = bins }, context.RequestAborted);
            SummaryWarning.Say(context.Response, found.Summaries, found.CountsAll ? "number, mean, least and greatest are of all points, the rest of the last of each step" : "a row of those is the last of its step");
            return Results.Json(StatisticsAnswer.Of(found, services.Catalog));
        }
        catch (StatisticsException exception)
        {
            return ApiProblem.Result(400, "too_many_points", exception.Message, ("setting", "LiveDash:Limits:MaxStatisticsPoints"));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The asker has gone; nobody is left to be told.
            return Results.Empty;
        }
    }
}
