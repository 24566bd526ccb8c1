using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace LiveDash.Web.Api;

/// <summary>
/// Answers what no route takes: 405 with the right methods or 415 where the path is known, else 404. Routing alone says 405 for every unknown
/// path, because the endpoint for static files takes GET for any.
/// </summary>
internal static class UnknownRoutes
{
    /// <summary>Adds the answer, behind every other route.</summary>
    public static void MapUnknownRoutes(this IEndpointRouteBuilder app) => app.MapFallback("{**path}", context =>
    {
        var methods = MethodsAt(app.DataSources, context.Request.Path);
        if (methods.Count == 0)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (methods.Contains(context.Request.Method))
        {
            // Path and method are right: it was the body's media type that kept the route from taking it.
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = string.Join(", ", methods);
        }

        return Task.CompletedTask;
    });

    // Run for errors alone, so nothing of it is kept.
    private static SortedSet<string> MethodsAt(IEnumerable<EndpointDataSource> sources, PathString path)
    {
        var methods = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in sources.SelectMany(static source => source.Endpoints).OfType<RouteEndpoint>())
        {
            var takes = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods;
            if (takes is { Count: > 0 } && !IsCatchAll(endpoint.RoutePattern) && Matches(endpoint.RoutePattern, path)) methods.UnionWith(takes);
        }

        if (methods.Contains(HttpMethods.Get) && HeadAnswers.Takes(path)) methods.Add(HttpMethods.Head);
        return methods;
    }

    private static bool IsCatchAll(RoutePattern pattern) => pattern.Parameters.Any(static parameter => parameter.IsCatchAll);

    private static bool Matches(RoutePattern pattern, PathString path) =>
        new TemplateMatcher(new RouteTemplate(pattern), new RouteValueDictionary(pattern.Defaults)).TryMatch(path, []);
}
