using Microsoft.AspNetCore.Authentication.Cookies;

namespace LiveDash.Web.Security.Sharing;

/// <summary>
/// The cookie of a share link where other sites may show it in a frame: by TLS it comes along in frames too, and is kept for each of these sites apart (Partitioned, CHIPS), so
/// it tells none of them what was opened elsewhere. By plain HTTP browsers take no such cookie, and it is as any other. It lets look at one dashboard, and change nothing. Stateless.
/// </summary>
internal sealed class FramedCookies : ICookieManager
{
    private readonly PrefixedCookies _inner = new();

    /// <inheritdoc/>
    public string? GetRequestCookie(HttpContext context, string key) => _inner.GetRequestCookie(context, key);

    /// <inheritdoc/>
    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) => _inner.AppendResponseCookie(context, key, value, Of(context, options));

    /// <inheritdoc/>
    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _inner.DeleteCookie(context, key, Of(context, options));

    private static CookieOptions Of(HttpContext context, CookieOptions options)
    {
        if (!context.Request.IsHttps) return options;
        options.SameSite = SameSiteMode.None;
        options.Secure = true;
        options.Extensions.Add("Partitioned");
        return options;
    }
}
