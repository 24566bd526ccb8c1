using Microsoft.Extensions.Primitives;

namespace LiveDash.Web.Security;

/// <summary>
/// The framework's own cookies (of forms against forgery, of a sign-in by a provider) have one name whatever the scheme. By TLS they go to browsers under a prefix that guards them,
/// <c>__Host-</c> or, below a base path, <c>__Secure-</c>, and come back under it alone (that of forms at the root as <c>__Host-</c> alone): one without it was put there by somebody else, and is not looked at. Stateless.
/// </summary>
internal sealed class FrameworkCookies(RequestDelegate next)
{
    private const string Begin = ".AspNetCore.";
    private const string Form = ".AspNetCore.Antiforgery.";
    private const string Host = "__Host-";
    private const string Secure = "__Secure-";

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.IsHttps) return next(context);
        var sent = context.Request.Headers.Cookie.ToString();
        if (sent.Contains(Begin, StringComparison.Ordinal)) context.Request.Headers.Cookie = Plain(sent, isAtRoot: !context.Request.PathBase.HasValue);
        context.Response.OnStarting(
            static state =>
            {
                var headers = ((HttpContext)state).Response.Headers;
                if (headers.SetCookie.Count > 0) headers.SetCookie = new StringValues([.. headers.SetCookie.Select(static cookie => Guarded(cookie ?? ""))]);
                return Task.CompletedTask;
            },
            context);
        return next(context);
    }

    // At the root the cookie of forms was given as __Host-; another host of the domain can set the weaker prefix.
    private static string Plain(string sent, bool isAtRoot) => string.Join("; ", sent.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Where(cookie => !cookie.StartsWith(Begin, StringComparison.Ordinal) && !(isAtRoot && cookie.StartsWith(Secure + Form, StringComparison.Ordinal)))
        .Select(static cookie => cookie.StartsWith(Host + Begin, StringComparison.Ordinal) ? cookie[Host.Length..] : cookie.StartsWith(Secure + Begin, StringComparison.Ordinal) ? cookie[Secure.Length..] : cookie));

    private static string Guarded(string cookie)
    {
        if (!cookie.StartsWith(Begin, StringComparison.Ordinal)) return cookie;
        var parts = cookie.Split(';', StringSplitOptions.TrimEntries);
        if (!parts.Contains("secure", StringComparer.OrdinalIgnoreCase)) return cookie;
        var isOfTheRoot = parts.Contains("path=/", StringComparer.OrdinalIgnoreCase) && !parts.Any(static part => part.StartsWith("domain=", StringComparison.OrdinalIgnoreCase));
        return (isOfTheRoot ? Host : Secure) + cookie;
    }
}
