using LiveDash.Core.Configuration;
using LiveDash.Web.Api.Bodies;

namespace LiveDash.Web.Api.Windows;

/// <summary>The window settings that the page edits: <c>GET PUT /api/settings/windows</c>.</summary>
internal static class WindowSettingsApi
{
    private const string Example = "{\"default\":\"500\",\"overrides\":[{\"series\":\"cpu.*\",\"window\":\"5m\"}]}";

    /// <summary>Adds the routes.</summary>
    public static void MapWindowSettings(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/settings/windows", static (WindowSettingsBook book) => Results.Json(book.Current))
            .WithTags("settings")
            .WithSummary("Which window each series has")
            .Produces<WindowSettings>();
        app.MapPut("/api/settings/windows", SaveAsync)
            .WithTags("settings")
            .WithSummary("Changes the windows of all series, for every open page at once; kept over restarts")
            .AcceptsJson<WindowSettings>()
            .Produces<WindowSettings>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage);
    }

    private static async Task<IResult> SaveAsync(HttpContext context, WindowSettingsBook book)
    {
        var (settings, problem) = await ApiBody.ReadAsync<WindowSettings>(context, Example);
        if (settings is null) return problem!;
        var faults = await book.SaveAsync(settings, context.RequestAborted);
        return faults.Count == 0 ? Results.Json(settings) : Faulty(faults);
    }

    /// <summary>The answer to settings that are wrong.</summary>
    internal static IResult Faulty(IReadOnlyList<SettingFault> faults) => ApiProblem.Result(
        StatusCodes.Status422UnprocessableEntity, "invalid_settings", string.Join(' ', faults.Select(static fault => $"{fault.Field}: {fault.Detail}")),
        ("errors", faults.GroupBy(static fault => fault.Field).ToDictionary(static group => group.Key, static group => group.Select(static fault => fault.Detail).ToArray())));
}
