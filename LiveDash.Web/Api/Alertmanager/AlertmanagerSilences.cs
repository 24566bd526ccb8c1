using System.ComponentModel;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Rules;
using LiveDash.Web.Api.Bodies;
using Microsoft.AspNetCore.Mvc;

namespace LiveDash.Web.Api.Alertmanager;

/// <summary>Silences by Alertmanager's API v2: <c>GET POST /api/v2/silences</c>, <c>GET DELETE /api/v2/silence/{id}</c>.</summary>
internal static class AlertmanagerSilences
{
    private const int MaxText = 1_000;
    private const int MaxMatchers = 100;
    private const string Example = "{\"matchers\":[{\"name\":\"alertname\",\"value\":\"hot\",\"isRegex\":false,\"isEqual\":true}],\"startsAt\":\"2026-11-29T10:00:00Z\",\"endsAt\":\"2026-11-29T12:00:00Z\",\"createdBy\":\"ops\",\"comment\":\"maintenance\"}";

    /// <summary>Adds the routes.</summary>
    public static void MapAlertmanagerSilences(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v2/silences", List)
            .WithTags("alertmanager").WithSummary("Silences in the form of Alertmanager's API v2").Produces<AlertmanagerSilence[]>().ProducesProblem(StatusCodes.Status400BadRequest);
        app.MapPost("/api/v2/silences", PostAsync)
            .WithTags("alertmanager").WithSummary("Adds a silence, or changes one, as Alertmanager's API v2 does")
            .AcceptsJson<AlertmanagerSilenceRequest>().Produces<SilenceId>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status429TooManyRequests);
        app.MapGet("/api/v2/silence/{id}", static (string id, AlertBook book, RuleBook rules, TimeProvider time) =>
                Find(book, id) is { } silence ? Results.Json(AlertmanagerSilence.From(silence, rules.Rules, time.GetUtcNow().UtcTicks)) : Unknown(id))
            .WithTags("alertmanager").WithSummary("One silence in the form of Alertmanager's API v2").Produces<AlertmanagerSilence>().ProducesProblem(StatusCodes.Status404NotFound);
        app.MapDelete("/api/v2/silence/{id}", static (string id, AlertBook book) => book.ExpireSilence(id) ? Results.Ok() : Unknown(id))
            .WithTags("alertmanager").WithSummary("Ends a silence; it is listed as expired").Produces(StatusCodes.Status200OK).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static IResult List(
        [FromQuery] [Description("A matcher that one of the silence's own must be equal to, such as alertname=\"hot\"; may be repeated.")] string[]? filter,
        AlertBook book, RuleBook rules, TimeProvider time)
    {
        if (AlertmanagerEndpoints.Matchers(filter, out var problem) is not { } wanted) return problem!;
        var now = time.GetUtcNow().UtcTicks;
        // As Alertmanager does it: what the silence's matchers say taken for labels.
        return Results.Json(book.Silences().Select(silence => AlertmanagerSilence.From(silence, rules.Rules, now)).Where(silence =>
        {
            var labels = silence.Matchers.DistinctBy(static matcher => matcher.Name).ToDictionary(static matcher => matcher.Name, static matcher => matcher.Value, StringComparer.Ordinal);
            return wanted.All(matcher => matcher.Matches(labels));
        }).ToArray());
    }

    private static async Task<IResult> PostAsync(HttpContext context, AlertBook book, TimeProvider time)
    {
        var (request, problem) = await ApiBody.ReadAsync<AlertmanagerSilenceRequest>(context, Example);
        if (request is null) return problem!;
        var now = time.GetUtcNow().UtcTicks;
        if (Check(request, now, out var startsAt, out var endsAt) is { } fault) return ApiProblem.BadParameter(fault.Parameter, fault.Detail);
        var old = string.IsNullOrEmpty(request.Id) ? null : Find(book, request.Id);
        if (!string.IsNullOrEmpty(request.Id) && old is null) return Unknown(request.Id);
        var silence = new Silence
        {
            // One that is over is not taken up again: it stays in the past, and this is another.
            Id = old is not null && old.EndsAt > now ? old.Id : Guid.NewGuid().ToString(), Matchers = request.Matchers, StartsAt = startsAt, EndsAt = endsAt,
            CreatedBy = request.CreatedBy, Comment = request.Comment,
        };
        return book.AddSilence(silence)
            ? Results.Json(new SilenceId(silence.Id))
            : ApiProblem.Result(StatusCodes.Status429TooManyRequests, "too_many_silences", $"There are {AlertBook.MaxSilences:N0} silences that have not ended.");
    }

    private static (string Parameter, string Detail)? Check(AlertmanagerSilenceRequest request, long now, out long startsAt, out long endsAt)
    {
        endsAt = 0;
        if (!TimeText.TryParse(request.StartsAt, now, out startsAt)) return ("startsAt", "'startsAt' is a time such as 2026-11-29T10:00:00Z.");
        if (!TimeText.TryParse(request.EndsAt, now, out endsAt)) return ("endsAt", "'endsAt' is a time such as 2026-11-29T12:00:00Z.");
        if (endsAt <= Math.Max(startsAt, now)) return ("endsAt", "The silence would be over before it begins.");
        if (request.Matchers.Count is 0 or > MaxMatchers || request.Matchers.Any(static matcher => matcher is null)) return ("matchers", $"A silence has 1 to {MaxMatchers} matchers.");
        if (request.Matchers.Select(static matcher => matcher.Fault).FirstOrDefault(static fault => fault is not null) is { } wrong) return ("matchers", wrong);
        if (request.Matchers.All(static matcher => matcher.Matches(new Dictionary<string, string>()))) return ("matchers", "At least one matcher must not match an empty value: the silence would cover everything.");
        return request.Comment.Length > MaxText || request.CreatedBy.Length > MaxText ? ("comment", $"'comment' and 'createdBy' have at most {MaxText:N0} characters.") : null;
    }

    private static Silence? Find(AlertBook book, string id) => book.Silences().FirstOrDefault(silence => silence.Id == id);

    private static IResult Unknown(string id) => ApiProblem.Result(StatusCodes.Status404NotFound, "unknown_silence", $"There is no silence '{id}'.");

    /// <summary>What <c>POST /api/v2/silences</c> answers.</summary>
    internal sealed record SilenceId([property: System.Text.Json.Serialization.JsonPropertyName("silenceID")] string Id);
}
