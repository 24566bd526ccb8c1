using LiveDash.Core.Ingestion.Sources.Messages;
using LiveDash.Core.Ingestion.Sources.Setups;
using LiveDash.Web.Api.Bodies;

namespace LiveDash.Web.Api.Sources;

/// <summary><c>/api/settings/sources</c>: scrape targets, brokers, followed files, simulators and ways onward: what the Sources page edits. Secrets are kept and not shown.</summary>
internal static class SourceSettingsApi
{
    private const string Example = """{"kind":"scrape","values":{"targets":"http://127.0.0.1:9100/metrics","interval":"15s"}}""";

    /// <summary>Maps the routes.</summary>
    public static void MapSourceSettings(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/settings/sources", static (SourceBook book, SourceRunner runner) => book.All.Select(setup => SourceSetupAnswer.From(setup, book, runner)))
            .WithTags("settings").WithSummary("Every source and way onward that was set up, and how it does.");
        app.MapGet("/api/settings/source-kinds", static (SourceBook book) => book.Kinds.Select(SourceKindAnswer.From))
            .WithTags("settings").WithSummary("What can be set up, with its settings.");
        app.MapPut("/api/settings/sources/{name}", PutAsync)
            .WithTags("settings").WithSummary("Sets a source up, or changes it; it begins at once.").AcceptsJson<SourceSetupBody>()
            .Produces<SourceSetupAnswer>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        app.MapDelete("/api/settings/sources/{name}", static async (string name, SourceBook book, CancellationToken cancellationToken) =>
                await book.DeleteAsync(name, cancellationToken) ? Results.NoContent() : ApiProblem.Result(StatusCodes.Status404NotFound, "not_found", $"No source {name} is kept here; one of the configuration's files is deleted there."))
            .WithTags("settings").WithSummary("Stops a source and forgets it.").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
        MapPoison(app);
        app.MapPost("/api/settings/sources/{name}/test", TestAsync)
            .WithTags("settings").WithSummary("Tries a source once without keeping anything.").AcceptsJson<SourceSetupBody>()
            .Produces<SourceTestAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static void MapPoison(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/settings/sources/{name}/poison", static async (string name, PoisonShelf shelf, CancellationToken cancellationToken) =>
                (await shelf.ListAsync(name, cancellationToken)).Select(PoisonAnswer.From))
            .WithTags("settings").WithSummary("Messages of a source that held nothing that could be taken: the last 100, the newest first.");
        app.MapDelete("/api/settings/sources/{name}/poison", static async (string name, PoisonShelf shelf, CancellationToken cancellationToken, string? id = null) =>
                await shelf.ForgetAsync(name, id, cancellationToken) > 0 ? Results.NoContent() : ApiProblem.Result(StatusCodes.Status404NotFound, "not_found", "No such message is set aside."))
            .WithTags("settings").WithSummary("Forgets the messages of a source that were set aside, or the one that id names.").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
        app.MapPost("/api/settings/sources/{name}/poison/{id}/retry", static async (string name, string id, PoisonDesk desk, CancellationToken cancellationToken) =>
                await desk.RetryAsync(name, id, cancellationToken) is { } fault ? ApiProblem.Result(StatusCodes.Status422UnprocessableEntity, "not_taken", fault) : Results.NoContent())
            .WithTags("settings").WithSummary("Reads a message that was set aside once more, with the source's settings of now; it is forgotten where its points are kept.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>A setup with the secrets that were left as they are shown, unless it leads elsewhere than before: then they stay hidden, which is a fault.</summary>
    public static SourceSetup Merge(string name, string kind, bool enabled, IReadOnlyDictionary<string, string> values, SourceBook book)
    {
        var old = book.All.FirstOrDefault(one => one.Name == name && one.Kind == kind);
        var merged = values.ToDictionary(static pair => pair.Key, pair => pair.Value == SourceKind.Hidden ? book.KindOf(kind)?.Kept(pair.Key, old, values) ?? "" : pair.Value);
        return new(name, kind, enabled, merged);
    }

    private static async Task<IResult> PutAsync(string name, HttpContext context, SourceBook book, SourceRunner runner)
    {
        var (body, problem) = await ApiBody.ReadAsync<SourceSetupBody>(context, Example);
        if (body is null) return problem!;
        var setup = Merge(name, body.Kind, body.Enabled, body.Values ?? [], book);
        var faults = await book.SaveAsync(setup, context.RequestAborted);
        return faults.Count == 0
            ? Results.Json(SourceSetupAnswer.From(setup, book, runner))
            : ApiProblem.Result(StatusCodes.Status422UnprocessableEntity, "bad_setting", string.Join(' ', faults.Select(static fault => fault.Text)), ("faults", faults.Select(static fault => new { fault.Key, fault.Text })));
    }

    private static async Task<IResult> TestAsync(string name, HttpContext context, SourceBook book, SourceRunner runner)
    {
        var (body, problem) = await ApiBody.ReadAsync<SourceSetupBody>(context, Example);
        if (body is null) return problem!;
        var (works, text) = await runner.TestAsync(Merge(name, body.Kind, body.Enabled, body.Values ?? [], book), context.RequestAborted);
        return Results.Json(new SourceTestAnswer(works, text));
    }
}
