using System.ComponentModel;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Engine;
using Microsoft.AspNetCore.Mvc;

namespace LiveDash.Web.Api.Alerts;

/// <summary>What is wrong now and what was: <c>GET /api/alerts</c>, <c>/api/episodes</c>.</summary>
internal static class AlertsEndpoints
{
    private const int MaxEpisodes = 1_000;
    private const int MaxBy = 100;
    private const int MaxWhy = 1_000;
    private static readonly string[] s_states = ["pending", "firing", "recovering", "silenced", "resolved", "active", "all"];

    /// <summary>Adds the routes.</summary>
    public static void MapAlerts(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/alerts", ListAsync)
            .WithTags("alerts")
            .WithSummary("Alerts that are not inactive, firing first; state=resolved gives those of the past")
            .Produces<AlertAnswer[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        app.MapGet("/api/alerts/{id}", Find)
            .WithTags("alerts")
            .WithSummary("One alert that is not inactive")
            .Produces<AlertAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        app.MapPost("/api/alerts/{id}/ack", Acknowledge)
            .WithTags("alerts")
            .WithSummary("Takes note that somebody knows of the open episode: repeats of its notices stop")
            .Produces<AlertAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        app.MapDelete("/api/alerts/{id}/ack", Unacknowledge)
            .WithTags("alerts")
            .WithSummary("Takes an acknowledgement back: the open episode needs somebody again")
            .Produces<AlertAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        app.MapGet("/api/episodes", ListEpisodesAsync)
            .WithTags("alerts")
            .WithSummary("Stretches of firing, the newest first, each with its events")
            .Produces<EpisodeAnswer[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> ListAsync(
        [FromQuery] [Description("pending, firing, recovering, silenced, resolved, active (default) or all.")] string? state,
        AlertBook book,
        LiveEngine engine,
        CancellationToken cancellationToken)
    {
        if (state is not null && !s_states.Contains(state, StringComparer.OrdinalIgnoreCase))
        {
            return ApiProblem.BadParameter("state", $"'state' is one of {string.Join(", ", s_states)}.");
        }

        // A sender whose points were acknowledged sees what they did.
        await engine.FlushAsync(cancellationToken);
        var wanted = state?.ToLowerInvariant() ?? "active";
        var now = book.List().Where(alert => wanted is "active" or "all"
            || (wanted == "silenced" ? alert.IsSilenced : AlertAnswer.Word(alert.State) == wanted)).Select(AlertAnswer.From);
        var past = wanted is "resolved" or "all"
            ? book.Episodes(MaxEpisodes).Where(static e => e.ResolvedAt is not null).Select(AlertAnswer.From)
            : [];
        return Results.Json(now.Concat(past).ToArray());
    }

    private static IResult Find(string id, AlertBook book) =>
        book.List().FirstOrDefault(alert => alert.Id == id) is { } alert ? Results.Json(AlertAnswer.From(alert)) : Unknown(id);

    private static IResult Acknowledge(
        string id, [FromQuery] [Description("Who; default the sender's address.")] string? by, [FromQuery] [Description("Why, at most 1,000 characters.")] string? why, AlertBook book, HttpContext context) =>
        book.Acknowledge(id, Who(by, context), why?[..Math.Min(why.Length, MaxWhy)]) ? Find(id, book) : Unknown(id);

    private static IResult Unacknowledge(string id, [FromQuery] [Description("Who; default the sender's address.")] string? by, AlertBook book, HttpContext context) =>
        book.Unacknowledge(id, Who(by, context)) ? Find(id, book) : Unknown(id);

    private static string Who(string? by, HttpContext context) =>
        string.IsNullOrWhiteSpace(by) ? context.Connection.RemoteIpAddress?.ToString() ?? "somebody" : by[..Math.Min(by.Length, MaxBy)];

    private static async Task<IResult> ListEpisodesAsync(
        [FromQuery] [Description("At most so many, 1 to 1000; default 100.")] int? limit, AlertBook book, LiveEngine engine, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MaxEpisodes) return ApiProblem.BadParameter("limit", $"'limit' is 1 to {MaxEpisodes}.");
        await engine.FlushAsync(cancellationToken);
        return Results.Json(book.Episodes(limit ?? 100).Select(EpisodeAnswer.From).ToArray());
    }

    private static IResult Unknown(string id) =>
        ApiProblem.Result(StatusCodes.Status404NotFound, "unknown_alert", $"There is no alert '{id}' with an open episode now. GET /api/alerts lists them.");
}
