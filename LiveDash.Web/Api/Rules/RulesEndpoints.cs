using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Rules;
using LiveDash.Web.Api.Bodies;
using LiveDash.Web.Api.Points;

namespace LiveDash.Web.Api.Rules;

/// <summary>Rules and what they would have done: <c>GET POST /api/rules</c>, <c>GET PUT DELETE /api/rules/{id}</c>, <c>POST /api/rules/preview</c>.</summary>
internal static class RulesEndpoints
{
    private const string Example = "{\"name\":\"hot\",\"expr\":\"mean(cpu.load, 30s) > 80 for 10s\",\"severity\":\"critical\"}";
    private const string PreviewExample = "{\"expr\":\"mean(cpu.load, 30s) > 80 for 10s\",\"from\":\"now-1d\",\"to\":\"now\"}";

    /// <summary>Adds the routes.</summary>
    public static void MapRules(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/rules", static (RuleBook book) => Results.Json(book.Rules.Rules.Select(static r => r.Config).ToArray()))
            .WithTags("rules").WithSummary("All rules").Produces<RuleConfig[]>();
        app.MapRuleFiles();
        app.MapGet("/api/rules/{id}", static (string id, RuleBook book) => book.Rules.Find(id) is { } rule ? Results.Json(rule.Config) : Unknown(id))
            .WithTags("rules").WithSummary("One rule").Produces<RuleConfig>().ProducesProblem(StatusCodes.Status404NotFound);
        WithFaults(app.MapPost("/api/rules", AddAsync).WithSummary("Adds a rule; a fault names its field and place").Produces<RuleConfig>(StatusCodes.Status201Created));
        WithFaults(app.MapPut("/api/rules/{id}", PutAsync).WithSummary("Changes a rule, or adds it under that id; one of a watched file is changed there").Produces<RuleConfig>()
            .ProducesProblem(StatusCodes.Status409Conflict));
        app.MapDelete("/api/rules/{id}", DeleteAsync)
            .WithTags("rules").WithSummary("Deletes a rule; its open alerts are resolved").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        app.MapPost("/api/rules/preview", PreviewAsync)
            .WithTags("rules").WithSummary("Runs a rule over stored history and gives the episodes it would have opened")
            .WithDescription("Where some of the points are downsampled (LiveDash:Storage:Tiers), a header Warning says up to when, at what step, and what the rule saw of them.")
            .AcceptsJson<PreviewRequest>().Produces<PreviewAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static void WithFaults(RouteHandlerBuilder route) => route.WithTags("rules").AcceptsJson<RuleConfig>()
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status507InsufficientStorage);

    private static async Task<IResult> AddAsync(HttpContext context, RuleBook book, RuleService judges)
    {
        var (config, problem) = await ApiBody.ReadAsync<RuleConfig>(context, Example);
        if (config is null) return problem!;
        var (rule, faults) = await book.AddAsync(config, context.RequestAborted);
        if (rule is null) return Faulty(faults);
        await judges.WhenAppliedAsync(context.RequestAborted);
        return Results.Created($"/api/rules/{rule.Id}", rule.Config);
    }

    private static async Task<IResult> PutAsync(string id, HttpContext context, RuleBook book, RuleService judges)
    {
        var (config, problem) = await ApiBody.ReadAsync<RuleConfig>(context, Example);
        if (config is null) return problem!;
        if (book.FileOf(id) is { } file) return Owned(id, file);
        if (config.Id.Length > 0 && config.Id != id) return Faulty([new RuleFault("id", null, $"The body's id '{config.Id}' is not the '{id}' of the address.")]);
        var (rule, faults) = await book.PutAsync(config with { Id = id }, context.RequestAborted);
        if (rule is null) return Faulty(faults);
        await judges.WhenAppliedAsync(context.RequestAborted);
        return Results.Json(rule.Config);
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext context, RuleBook book, RuleService judges)
    {
        if (book.FileOf(id) is { } file) return Owned(id, file);
        if (!await book.DeleteAsync(id, context.RequestAborted)) return Unknown(id);
        await judges.WhenAppliedAsync(context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> PreviewAsync(HttpContext context, RulePreview preview, TimeProvider time)
    {
        var (request, problem) = await ApiBody.ReadAsync<PreviewRequest>(context, PreviewExample);
        if (request is null) return problem!;
        var now = time.GetUtcNow().UtcTicks;
        if (!TimeText.TryParse(request.From, now, out var from)) return ApiProblem.BadParameter("from", "'from' is a time such as now-1d, 2026-11-20T10:00:00Z or epoch milliseconds.");
        if (!TimeText.TryParse(request.To, now, out var to)) return ApiProblem.BadParameter("to", "'to' is a time such as now, 2026-11-21T10:00:00Z or epoch milliseconds.");
        if (to <= from) return ApiProblem.BadParameter("to", "'to' is not after 'from'.");
        if (!RuleReader.TryRead(request.ToRule(), out var rule, out var faults)) return Faulty(faults);
        try
        {
            var result = await preview.RunAsync(rule, new TimeRange(from, to), context.RequestAborted);
            SummaryWarning.Say(context.Response, result.Summaries, RulePreview.OfSummaries(rule));
            return Results.Json(PreviewAnswer.From(result));
        }
        catch (QueryException e)
        {
            return Faulty([new RuleFault("expr", null, e.Message)]);
        }
    }

    private static IResult Faulty(IReadOnlyList<RuleFault> faults) => ApiProblem.Result(
        StatusCodes.Status422UnprocessableEntity, "invalid_rule",
        string.Join(' ', faults.Select(static f => f.Position is { } at ? $"{f.Field}, at character {at + 1}: {f.Detail}" : $"{f.Field}: {f.Detail}")),
        ("position", faults.FirstOrDefault(static f => f.Position is not null)?.Position), ("errors", faults));

    private static IResult Owned(string id, string file) =>
        ApiProblem.Result(StatusCodes.Status409Conflict, "rule_in_file", RuleOwnedException.Say(id, file), ("file", file));

    private static IResult Unknown(string id) =>
        ApiProblem.Result(StatusCodes.Status404NotFound, "unknown_rule", $"There is no rule '{id}'. GET /api/rules lists them.");
}
