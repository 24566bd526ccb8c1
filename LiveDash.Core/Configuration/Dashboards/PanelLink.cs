namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>A link in the menu of a panel: to a runbook, another dashboard, a ticket system. Immutable.</summary>
/// <param name="Title">What it is called, 1 to 60 characters.</param>
/// <param name="Url">An http or https address, or one of this site that begins with <c>/</c>.</param>
public sealed record PanelLink(string Title, string Url)
{
    /// <summary>What is wrong with an address, or null. Nothing but a link may come of it: no script, no other scheme.</summary>
    public static string? CheckUrl(string text) =>
        text.Length > 500 ? "At most 500 characters."
        : text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal) && !text.Contains('\\', StringComparison.Ordinal) ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) ? null
        : "An address begins with http://, https:// or, for a page of this site, with /.";
}
