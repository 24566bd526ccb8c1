using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveDash.Web.Api.Bodies;

/// <summary>Reads small JSON bodies strictly: a misspelt member would otherwise be a wish silently not met.</summary>
internal static class ApiBody
{
    private static readonly JsonSerializerOptions s_strict = new(JsonSerializerOptions.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        MaxDepth = 8,
    };

    /// <summary>
    /// Says that a route takes JSON, also under the media types that <c>curl -d</c> and simple scripts send it with. That a browser sends those without asking
    /// first costs nothing: <see cref="Security.OriginCheck"/> refuses what comes from a foreign page.
    /// </summary>
    public static RouteHandlerBuilder AcceptsJson<T>(this RouteHandlerBuilder route, params ReadOnlySpan<string> more)
        where T : notnull =>
        route.Accepts<T>("application/json", ["application/x-www-form-urlencoded", "text/plain", .. more]);

    /// <summary>Reads the body, or gives the problem to answer with.</summary>
    /// <param name="context">The request.</param>
    /// <param name="example">What a right body looks like.</param>
    public static async Task<(T? Value, IResult? Problem)> ReadAsync<T>(HttpContext context, string example)
        where T : class
    {
        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(context.Request.Body, s_strict, context.RequestAborted);
            return value is null ? (null, ApiProblem.Result(StatusCodes.Status400BadRequest, "bad_json", "The body is null.")) : (value, null);
        }
        catch (JsonException exception)
        {
            return (null, ApiProblem.Result(StatusCodes.Status400BadRequest, "bad_json", $"The body cannot be read. {Reason(exception)} It looks like {example}.",
                ("path", exception.Path), ("line", exception.LineNumber + 1)));
        }
    }

    // The serializer's own sentences name the program's types, which say nothing to who sends the body.
    private static string Reason(JsonException exception) => exception switch
    {
        { InnerException: JsonException } => "It is not JSON.",
        _ when exception.Message.Contains("could not be mapped", StringComparison.Ordinal) => $"{exception.Path} is no member that is known here.",
        _ => $"{exception.Path} is not of the right type.",
    };
}
