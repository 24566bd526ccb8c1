using System.Buffers.Text;
using System.Text;

namespace LiveDash.Web.Security.Access;

/// <summary>
/// The key that a request carries, in every way that senders know: <c>Authorization: Bearer KEY</c>, InfluxDB's <c>Authorization: Token KEY</c>, basic authentication with the key as
/// password (or as name, without a password), and <c>X-Api-Key: KEY</c>; OpenTelemetry's exporters send the same headers. Never in an address, which proxies and logs keep.
/// </summary>
internal static class SentKey
{
    /// <summary>The key, or null where none is sent.</summary>
    public static string? Of(HttpRequest request)
    {
        if (request.Headers["X-Api-Key"] is [{ Length: > 0 } own]) return own;
        if (request.Headers.Authorization is not [{ Length: > 0 } text]) return null;
        if (text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return text[7..].Trim();
        if (text.StartsWith("Token ", StringComparison.OrdinalIgnoreCase)) return text[6..].Trim();
        return text.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) ? OfBasic(text[6..].Trim()) : text;
    }

    private static string OfBasic(string encoded)
    {
        // Longer than any key with any name: not worth decoding.
        if (encoded.Length > 1_000 || !Base64.IsValid(encoded)) return "";
        var pair = Encoding.UTF8.GetString(Convert.FromBase64String(encoded));
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? pair : colon == pair.Length - 1 ? pair[..colon] : pair[(colon + 1)..];
    }
}
