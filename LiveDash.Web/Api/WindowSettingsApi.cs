using System.Text.Json;
using System.Text.Json.Serialization;
using LiveDash.Core.Configuration;

namespace LiveDash.Web.Api;

/// <summary>The window settings that the page edits: <c>GET PUT /api/settings/windows</c>.</summary>
internal static class WindowSettingsApi
{
    // A misspelt member would otherwise be a setting silently not made.
    private static readonly JsonSerializerOptions s_strict = new(JsonSerializerOptions.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

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
            .Accepts<WindowSettings>("application/json")
            .Produces<WindowSettings>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage);
    }

    private static async Task<IResult> SaveAsync(HttpContext context, WindowSettingsBook book)
    {
        WindowSettings? settings;
        try
        {
            settings = await context.Request.ReadFromJsonAsync<WindowSettings>(s_strict, context.RequestAborted);
        }
        catch (JsonException exception)
        {
            return ApiProblem.Result(StatusCodes.Status400BadRequest, "bad_json",
                "The body is not window settings such as {\"default\":\"500\",\"overrides\":[{\"series\":\"cpu.*\",\"window\":\"5m\"}]}.",
                ("path", exception.Path), ("line", exception.LineNumber + 1));
        }

        if (settings is null) return ApiProblem.Result(StatusCodes.Status400BadRequest, "bad_json", "The body is null.");
        var faults = await book.SaveAsync(settings, context.RequestAborted);
        return faults.Count == 0
            ? Results.Json(settings)
            : ApiProblem.Result(StatusCodes.Status422UnprocessableEntity, "invalid_settings",
                string.Join(' ', faults.Select(static fault => $"{fault.Field}: {fault.Detail}")),
                ("errors", faults.GroupBy(static fault => fault.Field).ToDictionary(static group => group.Key, static group => group.Select(static fault => fault.Detail).ToArray())));
    }
}
