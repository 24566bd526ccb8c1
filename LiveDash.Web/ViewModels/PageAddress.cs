namespace LiveDash.Web.ViewModels;

/// <summary>
/// Addresses of this server's own pages, as links and scripts name them: relative to the page's base, so that they hold under a base path too. Pure.
/// </summary>
public static class PageAddress
{
    /// <summary>
    /// An address that somebody wrote, as a link takes it: one that begins with a slash leads to a page of this server and is taken behind its base path, any
    /// other stays as it is.
    /// </summary>
    public static string WithinBase(string address) =>
        !IsOwn(address) ? address : address.Length == 1 ? "./" : address[1..];

    /// <summary>True for a page of this server, written with a leading slash; two of them name another server.</summary>
    public static bool IsOwn(string address) => address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal);
}
