using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Clock;

namespace LiveDash.Web.Api.Health;

/// <summary>The jumps of the server's clock and what was stamped meanwhile: <c>GET /api/clock</c>, <c>DELETE /api/clock/{id}</c>.</summary>
internal static class ClockApi
{
    /// <summary>Adds the routes.</summary>
    public static void MapClock(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/clock", static (ClockWatch watch, TimeProvider time) => Results.Json(
                new ClockAnswer(TimeText.Format(time.GetUtcNow().UtcTicks), [.. watch.Jumps.Reverse().Select(Answer)])))
            .WithTags("health").WithSummary("What time it is here, and the jumps of the clock with the points that were stamped meanwhile").Produces<ClockAnswer>();
        app.MapDelete("/api/clock/{id}", static (string id, ClockWatch watch) => watch.Dismiss(id)
                ? Results.NoContent()
                : ApiProblem.Result(StatusCodes.Status404NotFound, "unknown_jump", $"There is no jump '{id}'. GET /api/clock lists them."))
            .WithTags("health").WithSummary("A jump of the clock was seen and is shown no more; its points stay marked")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static JumpAnswer Answer(ClockJump jump) => new(
        jump.Id, TimeText.Format(jump.At), TimeSpan.FromTicks(jump.By).TotalSeconds, TimeText.Format(jump.From), jump.To is { } to ? TimeText.Format(to) : null,
        jump.IsOpen ? "open" : jump.IsSettled ? "settled" : "over", jump.Points, jump.Series, jump.IsDismissed);

    /// <summary>The clock.</summary>
    /// <param name="Now">What time it is here.</param>
    /// <param name="Jumps">Its jumps, the newest first.</param>
    internal sealed record ClockAnswer(string Now, IReadOnlyList<JumpAnswer> Jumps);

    /// <summary>A jump.</summary>
    /// <param name="Id">Its name.</param>
    /// <param name="At">What the clock showed before.</param>
    /// <param name="BySeconds">By how much it jumped; below zero where it was set back.</param>
    /// <param name="From">The first time it showed afterwards.</param>
    /// <param name="To">The last time it showed before it came back; null where it has not.</param>
    /// <param name="State"><c>open</c> while it may come back, <c>over</c> where it has, <c>settled</c> where it counts as set for good.</param>
    /// <param name="Points">How many points that came meanwhile lie in that stretch.</param>
    /// <param name="Series">The same by series.</param>
    /// <param name="Dismissed">True where somebody has seen it.</param>
    internal sealed record JumpAnswer(
        string Id, string At, double BySeconds, string From, string? To, string State, long Points, IReadOnlyList<ClockMark> Series, bool Dismissed);
}
