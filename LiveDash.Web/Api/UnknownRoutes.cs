using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace LiveDash.Web.Api;

/// <summary>
/// Answers what no route takes: 405 with the right methods where the path is known, else 404. Routing alone says 405 for every unknown path,
/// because the endpoint for static files takes GET for any.
/// </summary>
internal static class UnknownRoutes
{
    /// <summary>Adds the answer, behind every other route.</summary>
    public static void MapUnknownRoutes(this IEndpointRouteBuilder app) => app.MapFallback("{**path}", context =>
    {
        var methods = MethodsAt(app.DataSources, context.Request.Path);
        context.Response.StatusCode = methods.Count == 0 ? StatusCodes.Status404NotFound : StatusCodes.Status405MethodNotAllowed;
        if (methods.Count > 0) context.Response.Headers.Allow = string.Join(", ", methods);
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

        return methods;
    }

    private static bool IsCatchAll(RoutePattern pattern) => pattern.Parameters.Any(static parameter => parameter.IsCatchAll);

    private static bool Matches(RoutePattern pattern, PathString path) =>
        new TemplateMatcher(new RouteTemplate(pattern), new RouteValueDictionary(pattern.Defaults)).TryMatch(path, []);
}
