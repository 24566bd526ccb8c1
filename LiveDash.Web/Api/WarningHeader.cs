namespace LiveDash.Web.Api;

/// <summary>The header <c>Warning</c> (RFC 7234, 5.5; 299: it stands until it is mended) of answers that are good, and of which something is to be known. Stateless.</summary>
internal static class WarningHeader
{
    /// <summary>Adds one; before the body begins. What a header cannot hold, such as letters beyond ASCII in the name of a series, is left out.</summary>
    public static void Add(HttpResponse response, string warning) =>
        response.Headers.Append("Warning", $"299 - \"{string.Concat(warning.Replace('"', '\'').Where(static c => c is >= ' ' and <= '~' and not '\\'))}\"");
}
