using System.ComponentModel;
using System.Text.Json;
using LiveDash.Core.Collections;
using LiveDash.Core.Storage;
using LiveDash.Web.Api.Bodies;

namespace LiveDash.Web.Api.Collections;

/// <summary>Connections and mapped collections: <c>GET PUT /api/settings/collections</c>, a suggestion from a sample, and what became of the documents.</summary>
internal static class CollectionsEndpoints
{
    /// <summary>Adds the routes.</summary>
    public static void MapCollections(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/settings/collections", static (CollectionBook book) => Results.Json(CollectionSecrets.Hide(book.Settings), CollectionBook.Json))
            .WithTags("settings").WithSummary("Connections to MongoDB and the collections that are mapped to points; users and passwords are not shown").Produces<CollectionSettings>();
        app.MapPut("/api/settings/collections", SaveAsync)
            .WithTags("settings").WithSummary("Replaces connections and mapped collections; *** for user and password keeps those of the same server")
            .AcceptsJson<CollectionSettings>().Produces<CollectionSettings>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        app.MapPost("/api/settings/collections/suggest", SuggestAsync)
            .WithTags("settings").WithSummary("Suggests a mapping from a sample of 200 documents, with what it makes of five; with ?keep=true shows what the given mapping makes of them")
            .AcceptsJson<CollectionMap>().Produces<MapSuggestion>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status502BadGateway);
        app.MapGet("/api/collections", List)
            .WithTags("sources").WithSummary("Every mapped collection with what became of its documents").Produces<CollectionAnswer[]>();
    }

    private static async Task<IResult> SaveAsync(HttpContext context, CollectionBook book)
    {
        if (await ReadAsync<CollectionSettings>(context) is not { } settings) return Unreadable("{\"connections\":[{\"name\":\"lab\",\"address\":\"mongodb://127.0.0.1:27017/test\"}],\"collections\":[]}");
        var faults = await book.ChangeAsync(_ => settings, context.RequestAborted);
        return faults.Count == 0 ? Results.Json(CollectionSecrets.Hide(book.Settings), CollectionBook.Json) : Invalid(faults);
    }

    private static async Task<IResult> SuggestAsync(
        HttpContext context, CollectionBook book, MapSuggester suggester, [Description("True to show what the mapping makes of the sample, unchanged.")] bool keep = false)
    {
        if (await ReadAsync<CollectionMap>(context) is not { } map) return Unreadable("{\"name\":\"coords\",\"connection\":\"lab\",\"collection\":\"coords\"}");
        var faults = book.Check(keep || map.Series.Length > 0 ? map : map with { Series = "x" });
        if (faults.Count > 0) return Invalid(faults);
        try
        {
            return Results.Json(keep ? await suggester.ShowAsync(map, context.RequestAborted) : await suggester.SuggestAsync(map, context.RequestAborted), CollectionBook.Json);
        }
        catch (StoreUnavailableException e)
        {
            return ApiProblem.Result(StatusCodes.Status502BadGateway, "collection_unreadable", e.Message);
        }
    }

    private static IResult List(CollectionBook book, CollectionClients clients) => Results.Json(
        book.Settings.Collections.Select(map => CollectionAnswer.Of(map, clients.Account(map.Name))).ToArray(), CollectionBook.Json);

    private static async Task<T?> ReadAsync<T>(HttpContext context)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(context.Request.Body, CollectionBook.Json, context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IResult Unreadable(string example) => ApiProblem.Result(StatusCodes.Status400BadRequest, "bad_json", $"The body cannot be read; it is such as {example}.");

    private static IResult Invalid(IReadOnlyList<LiveDash.Core.Configuration.SettingFault> faults) => ApiProblem.Result(
        StatusCodes.Status422UnprocessableEntity, "invalid_settings", string.Join(' ', faults.Select(static fault => $"{fault.Field}: {fault.Detail}")), ("errors", faults));
}
