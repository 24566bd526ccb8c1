using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveDash.Web.Api;

/// <summary>Reads small JSON bodies strictly: a misspelt member would otherwise be a wish silently not met.</summary>
internal static class ApiBody
{
    private static readonly JsonSerializerOptions s_strict = new(JsonSerializerOptions.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        MaxDepth = 8,
    };

    /// <summary>Reads the body, or gives the problem to answer with.</summary>
    /// <param name="context">The request.</param>
    /// <param name="example">What a right body looks like.</param>
    public static async Task<(T? Value, IResult? Problem)> ReadAsync<T>(HttpContext context, string example)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
        {
            return (null, ApiProblem.Result(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "The body is JSON: send Content-Type: application/json."));
        }

        try
        {
            var value = await context.Request.ReadFromJsonAsync<T>(s_strict, context.RequestAborted);
            return value is null ? (null, ApiProblem.Result(StatusCodes.Status400BadRequest, "bad_json", "The body is null.")) : (value, null);
        }
        catch (JsonException exception)
        {
            var reason = exception.InnerException is null ? exception.Message.Split(" Path: ")[0] : "It is not JSON.";
            return (null, ApiProblem.Result(StatusCodes.Status400BadRequest, "bad_json", $"The body cannot be read. {reason} It looks like {example}.",
                ("path", exception.Path), ("line", exception.LineNumber + 1)));
        }
    }
}
