using LiveDash.Web.Api;
using Microsoft.Extensions.Options;

namespace LiveDash.Web.Security.Circuits;

/// <summary>Bounds the live connections of pages, by account and by address. Stands behind the gate of access, and costs other requests one comparison.</summary>
internal sealed class CircuitCaps(RequestDelegate next, OpenRequests requests, IOptions<SecurityOptions> options)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/_blazor") || !context.WebSockets.IsWebSocketRequest) return next(context);
        var (user, address) = (AccessClaims.UserOf(context.User), context.Connection.RemoteIpAddress);
        var (perUser, perAddress) = (options.Value.MaxCircuitsPerUser, options.Value.MaxCircuitsPerAddress);
        // This one is among them.
        if (user is not null && Count(other => AccessClaims.UserOf(other.User) == user) > perUser) return RefuseAsync(context, $"More than {perUser} pages of one account", "MaxCircuitsPerUser");
        return Count(other => Equals(other.Connection.RemoteIpAddress, address)) > perAddress ? RefuseAsync(context, $"More than {perAddress} pages of one address", "MaxCircuitsPerAddress") : next(context);
    }

    private int Count(Func<HttpContext, bool> which) => requests.CountOf(other => other.WebSockets.IsWebSocketRequest && other.Request.Path.StartsWithSegments("/_blazor") && which(other));

    private static Task RefuseAsync(HttpContext context, string what, string setting) =>
        ApiProblem.WriteAsync(context, StatusCodes.Status429TooManyRequests, "too_many_pages", $"{what} are open at once; close one, or set {SecurityOptions.Section}:{setting} higher.");
}
