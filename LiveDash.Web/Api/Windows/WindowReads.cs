using System.ComponentModel;
using System.Globalization;
using LiveDash.Core.Configuration;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Live;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Storage;
using LiveDash.Web.Api.Points;
using LiveDash.Web.Api.Query;
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
            .WithDescription("Where some of a window's time is kept downsampled (LiveDash:Storage:Tiers), a header Warning says up to when and at what step: a window that was made anew from the store sees the last of each step.")
            .Produces<WindowAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        app.MapGet("/api/stream", Stream)
            .WithTags("windows")
            .WithSummary("The same as Server-Sent Events, or the answer of an expression: each once, then per change, at most maxRate times a second")
            .Produces(StatusCodes.Status200OK, typeof(string), "text/event-stream")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ReadAsync(
        [AsParameters] WindowParameters parameters, HttpContext context, SeriesCatalog catalog, LiveEngine engine, WindowSettingsBook settings, StreamPlaces places, IPointStore store)
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
            var kept = snapshot.Summary is { Count: > 0 } summary ? store.FindSummaries(series, new TimeRange(summary.FirstTime, summary.LastTime + 1)) : null;
            return (Answer: WindowAnswer.From(key, choice.Spec, query.Needs, snapshot, engine.NowTicks, catalog.States), Kept: kept);
        }));
        SummaryWarning.Say(context.Response, StoredSummaries.OfAll(answers.Select(static one => one.Kept)), "a window that was made anew from them sees the last of each step");
        return query.Single is null ? Results.Json(answers.Select(static one => one.Answer)) : Results.Json(answers[0].Answer);
    }

    private static IResult Stream(
        [AsParameters] WindowParameters parameters,
        [FromQuery(Name = "maxRate")] [Description("At most so many events a second for each window, above 0 to 1000; 10 when left out.")] string? maxRate,
        [FromQuery(Name = "expr")] [Description("An expression in PromQL instead of series and window: its answer, and each change of it.")] string? expr,
        HttpContext context,
        SeriesCatalog catalog,
        LiveEngine engine,
        WindowSettingsBook settings,
        StreamPlaces places,
        LiveQueries expressions,
        QueryLimits limits,
        TimeProvider time)
    {
        IResult? problem = null;
        var query = expr is null ? WindowQuery.TryRead(parameters, catalog, settings.Plan, out problem) : null;
        var tree = expr is null ? null : QueryEndpoints.Read(expr, out problem);
        if (query is null && tree is null) return problem!;
        var rate = DefaultRate;
        if (maxRate is not null
            && !(double.TryParse(maxRate, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out rate) && rate is > 0 and <= MaxRate))
        {
            return ApiProblem.BadParameter("maxRate", $"'{maxRate}' is not a number above 0 and at most {MaxRate}.");
        }

        if (tree is not null) return Expression(tree, rate, context, places, expressions, limits, time);
        var chosen = query!.Choose().Count;
        if (WindowQuery.TooMany(chosen) is { } tooMany) return tooMany;
        // An hour is the longest pause, whatever fraction of a hertz was asked for.
        var pause = TimeSpan.FromSeconds(Math.Min(1 / rate, 3600));
        return places.TryTake(Client(context), isStream: true, chosen, out var refusal) is { } place
            ? new WindowStream(query, catalog, engine, time, pause, place)
            : TooManyHeld(refusal!);
    }

    private static IResult Expression(QueryExpr tree, double rate, HttpContext context, StreamPlaces places, LiveQueries expressions, QueryLimits limits, TimeProvider time)
    {
        if (tree.Kind is ValueKind.Matrix or ValueKind.String) return ApiProblem.BadParameter("expr", "A stream is of an expression that yields a number or one a series.");
        if (places.TryTake(Client(context), isStream: true, 0, out var refusal) is not { } place) return TooManyHeld(refusal!);
        LiveQuery? query = null;
        try
        {
            query = expressions.Open(tree, limits, rate);
            return new ExpressionStream(query, time, place);
        }
        catch (QueryException e)
        {
            return TooManyHeld(e.Message);
        }
        finally
        {
            if (query is null) place.Dispose();
        }
    }

    private static string Client(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "local";

    private static IResult TooManyHeld(string refusal) => ApiProblem.Result(StatusCodes.Status503ServiceUnavailable, "too_many_windows", refusal);
}
