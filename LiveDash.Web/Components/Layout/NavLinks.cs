using Microsoft.AspNetCore.Components.Routing;

namespace LiveDash.Web.Components.Layout;

/// <summary>One entry of the main navigation.</summary>
/// <param name="Address">Where it leads; the page must exist.</param>
/// <param name="Text">What it says.</param>
/// <param name="Match">When it counts as the current page.</param>
public sealed record NavLinks(string Address, string Text, NavLinkMatch Match = NavLinkMatch.Prefix)
{
    /// <summary>All entries, in the order shown: what one looks at first, then what one sets.</summary>
    public static IReadOnlyList<NavLinks> All { get; } =
    [
        new("/", "Dashboard", NavLinkMatch.All),
        new("/series", "Series"),
        new("/explore", "Explore"),
        new("/grid", "Grid"),
        new("/alerts", "Alerts"),
        new("/rules", "Rules"),
        new("/reports", "Reports"),
        new("/settings/windows", "Windows"),
        new("/settings/channels", "Channels"),
        new("/sources", "Sources"),
        new("/import", "Import"),
        new("/workers", "Workers"),
    ];
}
