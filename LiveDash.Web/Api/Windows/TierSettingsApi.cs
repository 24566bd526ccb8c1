using LiveDash.Core.Configuration;
using LiveDash.Web.Api.Bodies;

namespace LiveDash.Web.Api.Windows;

/// <summary>How series are downsampled as they grow old, as the page of windows edits it: <c>GET PUT /api/settings/tiers</c>.</summary>
internal static class TierSettingsApi
{
    private const string Example = "{\"tiers\":[{\"series\":\"cpu.*\",\"keep\":\"raw for 7d, 1m for 90d, 1h for 2y\"}]}";

    /// <summary>Adds the routes.</summary>
    public static void MapTierSettings(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/settings/tiers", static (TierSettingsBook book) => Results.Json(book.Current))
            .WithTags("settings")
            .WithSummary("How series are downsampled as they grow old, and whether the configuration says so")
            .Produces<TierSettings>();
        app.MapPut("/api/settings/tiers", SaveAsync)
            .WithTags("settings")
            .WithSummary("Changes how series are downsampled; what is due is done within minutes, after a day where LiveDash does not know yet when the points arrived, and cannot be taken back. Refused where the configuration says it (LiveDash:Storage:Tiers)")
            .AcceptsJson<TierSettings>()
            .Produces<TierSettings>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage);
    }

    private static async Task<IResult> SaveAsync(HttpContext context, TierSettingsBook book)
    {
        var (settings, problem) = await ApiBody.ReadAsync<TierSettings>(context, Example);
        if (settings is null) return problem!;
        var faults = await book.SaveAsync(settings, context.RequestAborted);
        return faults.Count == 0 ? Results.Json(book.Current) : WindowSettingsApi.Faulty(faults);
    }
}
