namespace LiveDash.Web.Api;

/// <summary>
/// Answers what no route takes: 405 with the right methods or 415 where the path is known, else 404. Routing alone says 405 for every unknown
/// path, because the endpoint for static files takes GET for any.
/// </summary>
internal static class UnknownRoutes
{
    /// <summary>Adds the answer, behind every other route.</summary>
    public static void MapUnknownRoutes(this IEndpointRouteBuilder app)
    {
        // Every route is mapped by the time of the first request, and none later.
        var table = new Lazy<RouteMethods>(() => new RouteMethods(app.DataSources.SelectMany(static source => source.Endpoints).OfType<RouteEndpoint>()));
        app.MapFallback("{**path}", context =>
        {
            var methods = table.Value.At(context.Request.Path);
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
    }
}
