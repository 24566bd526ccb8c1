using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LiveDash.Web.Api;

/// <summary>What <c>/openapi/v1.json</c> says beyond what the endpoints say themselves.</summary>
internal static class ApiDescriptions
{
    // Parameters that mean the same on every route that has them and stand in no parameter class of their own.
    private static readonly Dictionary<string, string> s_shared = new(StringComparer.Ordinal)
    {
        ["id"] = "The id that the list of this resource gives.",
        ["token"] = "The token of the address that was handed on.",
        ["panel"] = "The panel, from 0, in the order of the page.",
        ["name"] = "The name that the list of this resource gives.",
        ["ack"] = "When to answer: stored (the default), after the commit to disk; received, once the points are queued.",
        ["precision"] = "The unit of the timestamps: ns (the default), us, ms, s, m or h; nanosecond to second too.",
        ["org"] = "The organisation's name, as the client has it.",
        ["status"] = "Only jobs in this state: submitted, running, done, failed or cancelled.",
        ["format"] = "png, svg or pdf; wins over the header Accept.",
        ["download"] = "true for an answer that browsers save as a file.",
    };

    /// <summary>Adds the title and the descriptions.</summary>
    public static void AddDescriptions(this OpenApiOptions options)
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info.Title = "LiveDash";
            document.Info.Description = "Points in, windows and alerts out. Errors are RFC 9457 problem+json; times are ISO 8601 or epoch milliseconds, written as ISO 8601 UTC.";
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(static (operation, _, _) =>
        {
            foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            {
                if (string.IsNullOrEmpty(parameter.Description) && parameter.Name is { } name && s_shared.TryGetValue(name, out var text)) parameter.Description = text;
            }

            return Task.CompletedTask;
        });
    }

    /// <summary>
    /// Describes a body that is read as it comes. <c>Accepts</c> would do too, and refuse what it does not list: these routes decide on the media type themselves.
    /// </summary>
    /// <param name="route">The route.</param>
    /// <param name="description">What the body is, with an example.</param>
    /// <param name="mediaTypes">The media types to show, the usual one first.</param>
    public static RouteHandlerBuilder WithStreamedBody(this RouteHandlerBuilder route, string description, params IReadOnlyList<string> mediaTypes) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Description = description,
                Content = mediaTypes.ToDictionary(static type => type, static _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } }),
            };
            return Task.CompletedTask;
        });
}
