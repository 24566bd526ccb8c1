using Microsoft.AspNetCore.Authentication.Cookies;

namespace LiveDash.Web.Security;

/// <summary>
/// Names cookies as browsers guard them best: <c>__Host-</c> where the app is served by TLS at the root, <c>__Secure-</c> by TLS below a base path, and plainly on the
/// loopback's HTTP, where a browser would take neither. Stateless.
/// </summary>
internal sealed class PrefixedCookies : ICookieManager
{
    private readonly ChunkingCookieManager _inner = new();

    /// <inheritdoc/>
    public string? GetRequestCookie(HttpContext context, string key) => _inner.GetRequestCookie(context, Name(context, key));

    /// <inheritdoc/>
    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) => _inner.AppendResponseCookie(context, Name(context, key), value, options);

    /// <inheritdoc/>
    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _inner.DeleteCookie(context, Name(context, key), options);

    private static string Name(HttpContext context, string key) => !context.Request.IsHttps ? key : context.Request.PathBase.HasValue ? "__Secure-" + key : "__Host-" + key;
}
