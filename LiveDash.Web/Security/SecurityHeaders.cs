namespace LiveDash.Web.Security;

/// <summary>
/// The headers of every answer. Scripts come from the app's own files only, so a name that slipped into the page as markup still runs nothing;
/// style needs 'unsafe-inline' because charts and panels place themselves with style attributes. No other site shows a page in a frame, but for walls and share links those listed.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next, SecurityState security)
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        + "media-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
        + "frame-ancestors ";

    private readonly string _unframed = Policy + "'none'";
    private readonly string? _framed = security.FrameAncestors.Count == 0 ? null : Policy + "'self' " + string.Join(' ', security.FrameAncestors);

    public Task InvokeAsync(HttpContext context)
    {
        // Late, so that an error handler that clears the headers does not take these away.
        context.Response.OnStarting(
            state =>
            {
                var response = ((HttpContext)state).Response;
                var headers = response.Headers;
                headers.XContentTypeOptions = "nosniff";
                // By TLS alone for a year, once it was so; a browser takes it from TLS alone, and never for an address of numbers.
                if (response.HttpContext.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
                // A style sheet or a font is no document and runs nothing: what is said of documents would be a third of a small one's bytes.
                if (IsStyleOrFont(response.ContentType)) return Task.CompletedTask;
                // What only some may see is in no cache, unless the answer itself says otherwise.
                if (security.AsksWho && headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
                var framed = FrameOrigins.Takes(response.HttpContext.Request.Path) ? _framed : null;
                headers.ContentSecurityPolicy = framed ?? _unframed;
                // It knows no list; where there is one the policy alone speaks.
                headers.XFrameOptions = framed is null ? "DENY" : default(Microsoft.Extensions.Primitives.StringValues);
                headers["Referrer-Policy"] = "same-origin";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Cross-Origin-Resource-Policy"] = "same-origin";
                headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
                return Task.CompletedTask;
            },
            context);
        return next(context);
    }

    private static bool IsStyleOrFont(string? type) =>
        type is not null && (type.StartsWith("text/css", StringComparison.OrdinalIgnoreCase) || type.StartsWith("font/", StringComparison.OrdinalIgnoreCase));
}
