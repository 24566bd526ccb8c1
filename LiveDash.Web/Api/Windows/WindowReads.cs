using System.ComponentModel;
using System.Globalization;
using LiveDash.Core.Configuration;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using Microsoft.AspNetCore.Mvc;

namespace LiveDash.Web.Api.Windows;

/// <summary>The windows as they are now (<c>GET /api/windows</c>) and as they change (<c>GET /api/stream</c>).</summary>
internal static class WindowReads
{
    private const double DefaultRate = 10;
    private const double MaxRate = 1000;

    /// <summary>Adds the routes.</summary>
    public static void MapWindowReads(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/windows", ReadAsync)
            .WithTags("windows")
            .WithSummary("The aggregates of windows now: an object for one series spelled out, else an array")
            .Produces<WindowAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        app.MapGet("/api/stream", Stream)
            .WithTags("windows")
            .WithSummary("The same as Server-Sent Events: each window once, then per change, at most maxRate times a second")
            .Produces(StatusCodes.Status200OK, typeof(string), "text/event-stream")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ReadAsync(
        [AsParameters] WindowParameters parameters, HttpContext context, SeriesCatalog catalog, LiveEngine engine, WindowSettingsBook settings, StreamPlaces places)
    {
        var query = WindowQuery.TryRead(parameters, catalog, settings.Plan, out var problem);
        if (query is null) return problem!;
        var chosen = query.Choose();
        if (query.Single is { } single && chosen.Count == 0)
        {
            return ApiProblem.Result(StatusCodes.Status404NotFound, "unknown_series",
                $"There is no series '{single}'. The series there are: /api/series.", ("parameter", "series"));
        }

        if (WindowQuery.TooMany(chosen.Count) is { } tooMany) return tooMany;
        using var place = places.TryTake(Client(context), isStream: false, chosen.Count, out var refusal);
        if (place is null) return TooManyHeld(refusal!);
        var answers = await Task.WhenAll(chosen.Select(async series =>
        {
            var key = catalog[series];
            var choice = query.ChoiceFor(key);
            var snapshot = await engine.QueryAsync(series, choice.Spec, query.Needs, context.RequestAborted, choice.Lateness);
            return WindowAnswer.From(key, choice.Spec, query.Needs, snapshot, engine.NowTicks, catalog.States);
        }));
        return query.Single is null ? Results.Json(answers) : Results.Json(answers[0]);
    }

    private static IResult Stream(
        [AsParameters] WindowParameters parameters,
        [FromQuery(Name = "maxRate")] [Description("At most so many events a second for each window, above 0 to 1000; 10 when left out.")] string? maxRate,
        HttpContext context,
        SeriesCatalog catalog,
        LiveEngine engine,
        WindowSettingsBook settings,
        StreamPlaces places,
        TimeProvider time)
    {
        var query = WindowQuery.TryRead(parameters, catalog, settings.Plan, out var problem);
        if (query is null) return problem!;
        var rate = DefaultRate;
        if (maxRate is not null
            && !(double.TryParse(maxRate, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out rate) && rate is > 0 and <= MaxRate))
        {
            return ApiProblem.BadParameter("maxRate", $"'{maxRate}' is not a number above 0 and at most {MaxRate}.");
        }

        var chosen = query.Choose().Count;
        if (WindowQuery.TooMany(chosen) is { } tooMany) return tooMany;
        // An hour is the longest pause, whatever fraction of a hertz was asked for.
        var pause = TimeSpan.FromSeconds(Math.Min(1 / rate, 3600));
        return places.TryTake(Client(context), isStream: true, chosen, out var refusal) is { } place
            ? new WindowStream(query, catalog, engine, time, pause, place)
            : TooManyHeld(refusal!);
    }

    private static string Client(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "local";

    private static IResult TooManyHeld(string refusal) => ApiProblem.Result(StatusCodes.Status503ServiceUnavailable, "too_many_windows", refusal);
}
