using Microsoft.AspNetCore.Mvc;

namespace LiveDash.Web.Api;

/// <summary>
/// Errors as RFC 9457 problem+json: <c>{"type":"urn:livedash:bad_parameter","title":"Bad Request","status":400,"detail":"...","parameter":"from"}</c>.
/// The type ends in a code that does not change between versions; the detail is for people and never holds a stack trace.
/// </summary>
public static class ApiProblem
{
    /// <summary>The media type.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>What an endpoint returns.</summary>
    /// <param name="status">The HTTP status, 400 or above.</param>
    /// <param name="code">A stable code in snake case.</param>
    /// <param name="detail">What is wrong and what would be right, for people.</param>
    /// <param name="extensions">More members, such as <c>("parameter", "from")</c>.</param>
    public static IResult Result(int status, string code, string detail, params ReadOnlySpan<(string Name, object? Value)> extensions) =>
        Results.Problem(Describe(status, code, detail, extensions));

    /// <summary>A parameter that cannot be read: status 400, with its name in the member <c>parameter</c>.</summary>
    public static IResult BadParameter(string parameter, string detail) =>
        Result(StatusCodes.Status400BadRequest, "bad_parameter", detail, ("parameter", parameter));

    /// <summary>Writes a problem from a middleware. Does nothing where the answer has begun.</summary>
    public static Task WriteAsync(
        HttpContext context, int status, string code, string detail, params ReadOnlySpan<(string Name, object? Value)> extensions)
    {
        if (context.Response.HasStarted) return Task.CompletedTask;
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            Describe(status, code, detail, extensions), options: null, ContentType, context.RequestAborted);
    }

    private static ProblemDetails Describe(int status, string code, string detail, ReadOnlySpan<(string Name, object? Value)> extensions)
    {
        var problem = new ProblemDetails
        {
            Type = "urn:livedash:" + code,
            Title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Detail = detail,
        };
        foreach (var (name, value) in extensions) problem.Extensions[name] = value;
        return problem;
    }
}
