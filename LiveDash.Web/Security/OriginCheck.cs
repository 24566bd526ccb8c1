using LiveDash.Web.Api;
using Microsoft.Extensions.Options;

namespace LiveDash.Web.Security;

/// <summary>
/// Refuses with 403 what a page of another site makes a browser send: every request that changes something, every WebSocket and all
/// of <c>/_blazor</c> (a stock hub takes any Origin). Browsers say where a request comes from in <c>Origin</c> and <c>Sec-Fetch-Site</c>;
/// tools such as curl send neither and pass. Together with the Host filter this also stops DNS rebinding.
/// </summary>
internal sealed class OriginCheck(RequestDelegate next, IOptions<SecurityOptions> options)
{
    private readonly HashSet<string> _allowed =
        new(options.Value.AllowedOrigins.Select(static origin => origin.TrimEnd('/')), StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context) =>
        !IsGuarded(context) || IsOwn(context.Request)
            ? next(context)
            : ApiProblem.WriteAsync(context, StatusCodes.Status403Forbidden, "forbidden_origin",
                $"The request comes from a page of another site{Of(context.Request)}. Pages of other sites may not connect or change anything. "
                + $"Where that page is this dashboard behind a proxy, the proxy must pass on the Host that the browser asked for; else an origin that may is named in {SecurityOptions.Section}:AllowedOrigins.");

    private static string Of(HttpRequest request) =>
        request.Headers.Origin is [{ Length: > 0 and < 200 } origin] ? $", {origin}, and was asked of {request.Scheme}://{request.Host}" : "";

    private static bool IsGuarded(HttpContext context)
    {
        var method = context.Request.Method;
        var reads = HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);
        return !reads || context.WebSockets.IsWebSocketRequest || context.Request.Path.StartsWithSegments("/_blazor")
            || context.Request.Headers.Upgrade.Count > 0;
    }

    private bool IsOwn(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        if (origin.Count > 1) return false;
        if (origin.Count == 1)
        {
            // Sec-Fetch-Site adds nothing where the origin itself is known.
            return string.Equals(origin[0], $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
                || _allowed.Contains(origin[0]!);
        }

        var site = request.Headers["Sec-Fetch-Site"];
        return site.Count == 0 || (site.Count == 1 && site[0] is "same-origin" or "none");
    }
}
