using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;
using LiveDash.Web.Api.Bodies;

namespace LiveDash.Web.Api.Alerts;

/// <summary>What is muted: <c>GET POST /api/silences</c>, <c>DELETE /api/silences/{id}</c>.</summary>
internal static class SilencesEndpoints
{
    private const int MaxCommentLength = 1_000;

    /// <summary>Adds the routes.</summary>
    public static void MapSilences(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/silences", static (AlertBook book, TimeProvider time) =>
                Results.Json(book.Silences().Select(silence => SilenceAnswer.From(silence, time.GetUtcNow().UtcTicks)).ToArray()))
            .WithTags("alerts").WithSummary("What is muted, was of late, or will be").Produces<SilenceAnswer[]>();
        app.MapPost("/api/silences", AddAsync)
            .WithTags("alerts").WithSummary("Mutes the notices of a rule's or a series' alerts for a time; their states go on")
            .AcceptsJson<SilenceRequest>().Produces<SilenceAnswer>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status429TooManyRequests);
        app.MapDelete("/api/silences/{id}", static (string id, AlertBook book) => book.RemoveSilence(id)
                ? Results.NoContent()
                : ApiProblem.Result(StatusCodes.Status404NotFound, "unknown_silence", $"There is no silence '{id}'."))
            .WithTags("alerts").WithSummary("Ends a silence").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> AddAsync(HttpContext context, AlertBook book, TimeProvider time)
    {
        var (request, problem) = await ApiBody.ReadAsync<SilenceRequest>(context, "{\"rule\":\"hot\",\"duration\":\"1h\",\"comment\":\"maintenance\"}");
        if (request is null) return problem!;
        var now = time.GetUtcNow().UtcTicks;
        if (TryRead(request, now, out var silence) is { } fault) return ApiProblem.BadParameter(fault.Parameter, fault.Detail);
        return book.AddSilence(silence!)
            ? Results.Created($"/api/silences/{silence!.Id}", SilenceAnswer.From(silence, now))
            : ApiProblem.Result(StatusCodes.Status429TooManyRequests, "too_many_silences", $"There are {AlertBook.MaxSilences:N0} silences that have not ended.");
    }

    private static (string Parameter, string Detail)? TryRead(SilenceRequest request, long now, out Silence? silence)
    {
        silence = null;
        if (request.Rule is null && request.Series is null) return ("rule", "A silence names a 'rule', a 'series' pattern, or both.");
        if (request.Series is not null && !SeriesPattern.TryParse(request.Series, out _)) return ("series", "'series' is a name or name{tag=value}, with * and ? as wildcards.");
        if (request.Comment is { Length: > MaxCommentLength }) return ("comment", $"'comment' has at most {MaxCommentLength:N0} characters.");
        var startsAt = now;
        if (request.StartsAt is not null && !TimeText.TryParse(request.StartsAt, now, out startsAt)) return ("startsAt", "'startsAt' is a time such as now or 2026-11-21T10:00:00Z.");
        long endsAt;
        if (request.Duration is not null)
        {
            if (request.EndsAt is not null) return ("duration", "Give 'duration' or 'endsAt', not both.");
            if (!DurationText.TryParse(request.Duration, out var duration)) return ("duration", $"'duration' is {DurationText.Rule}.");
            endsAt = Math.Min(startsAt + duration.Ticks, DateTime.MaxValue.Ticks);
        }
        else if (!TimeText.TryParse(request.EndsAt ?? "", now, out endsAt))
        {
            return ("endsAt", "A silence has a 'duration' such as 1h, or an 'endsAt'.");
        }

        if (endsAt <= Math.Max(startsAt, now)) return ("endsAt", "The silence would be over before it begins.");
        silence = new Silence
        {
            Id = Guid.NewGuid().ToString("n")[..12], Rule = request.Rule, Series = request.Series, StartsAt = startsAt, EndsAt = endsAt, Comment = request.Comment ?? "",
        };
        return null;
    }
}
