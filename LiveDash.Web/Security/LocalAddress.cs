namespace LiveDash.Web.Security;

/// <summary>Where a person may be led back to after signing in: a place of this app, and nowhere else.</summary>
internal static class LocalAddress
{
    /// <summary>The address where it is a path of this app, else its first page.</summary>
    /// <param name="address">What the query asked for.</param>
    public static string Of(string? address) =>
        address is ['/', ..] && address.Length < 2000 && (address.Length == 1 || address[1] is not ('/' or '\\')) && !address.Any(static c => char.IsControl(c) || c == '\\') ? address : "/";
}
