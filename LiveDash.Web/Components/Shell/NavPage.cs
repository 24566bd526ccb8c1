using System.Reflection;
using LiveDash.Core.Accounts;
using LiveDash.Web.Security.Access;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Shell;

/// <summary>One page of the navigation.</summary>
/// <param name="Address">Where it leads, relative to the base path.</param>
/// <param name="Text">What it is called, there and in the app bar.</param>
/// <param name="Group">The group it stands in.</param>
/// <param name="Icon">The outline of its sign in a box of 24 by 24.</param>
/// <param name="Also">Beginnings of other addresses that belong to it.</param>
public sealed record NavPage(string Address, string Text, string Group, string Icon, params IReadOnlyList<string> Also)
{
    /// <summary>What one looks at.</summary>
    public const string Observe = "Observe";

    /// <summary>What watches by itself.</summary>
    public const string Alerting = "Alerting";

    /// <summary>How points come in.</summary>
    public const string Data = "Data";

    /// <summary>Who may what.</summary>
    public const string Administration = "Administration";

    /// <summary>What is made of them, and how they are summed up.</summary>
    public const string Settings = "Reports & settings";

    /// <summary>The first page's address, relative to the base as every other.</summary>
    public const string First = "./";

    // There for administrators, also where nobody says who they are.
    private const string Backups = "backups";

    private static readonly NavPage[] s_pages =
    [
        new(First, "Dashboards", Observe, "M3 4h8v7H3zM13 4h8v7h-8zM3 13h18v7H3z", "d/", "dashboards"),
        new("explore", "Explore", Observe, "M3 3v18h18M7 14.4a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2M12 7.4a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2M17.500 11.4a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2M18 4.4a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2", "grid"),
        new("series", "Series", Observe, "M4 6h16M4 12h16M4 18h16M9 4v16"),
        new("alerts", "Alerts", Alerting, "M12 4 3 19.500h18L12 4zM12 10v4.500M12 17v.01"),
        new("rules", "Rules", Alerting, "M3 16h2.500M8 16h2.500M13 16h2.500M18 16h3M3 20l5-7 4 3 4-10 5 6"),
        new("anomalies", "Anomalies", Alerting, "M3 15h4l2-3 2 3h1l2-10 3 14 1.500-4H21"),
        new("silences", "Silences", Alerting, "M4 4l16 16M9.500 5.500A6 6 0 0 1 18 11v4M6 9.500V16h10M10 19.500a2.200 2.200 0 0 0 4 0"),
        new("settings/channels", "Channels", Alerting, "M21 4 3 11l6 2.500M21 4l-5 16-7-6.500M21 4 9 13.500V19l3-3", "channels"),
        new("send", "Send data", Data, "M12 15V4M7.500 8.500 12 4l4.500 4.500M4 15v4.500h16V15"),
        new("sources", "Sources", Data, "M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0V8zM12 17v4"),
        new("import", "Import", Data, "M12 4v11M7.500 10.500 12 15l4.500-4.500M4 19.500h16"),
        new("plots", "Plots", Settings, "M3 4h18v16H3zM7 16v-4M12 16V8M17 16v-6", "reports"),
        new("workers", "Workers", Settings, "M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M5.6 18.4l2.1-2.1M16.3 7.7l2.1-2.1M12 8.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7"),
        new("settings/windows", "Windows", Settings, "M3 18h18M6 18V9h9v9M9.500 9V5h9v13", "windows"),
        new(Backups, "Backups", Settings, "M4 6c0-1.700 3.600-3 8-3s8 1.300 8 3-3.600 3-8 3-8-1.300-8-3zM4 6v12c0 1.700 3.600 3 8 3s8-1.300 8-3V6M4 12c0 1.700 3.600 3 8 3s8-1.300 8-3"),
    ];

    private static readonly NavPage[] s_administration =
    [
        new("accounts", "Accounts", Administration, "M9 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M2.500 20.500a6.500 6.500 0 0 1 13 0M16 4.500a4 4 0 0 1 0 7M18 14.500a6.500 6.500 0 0 1 3.500 6"),
        new("keys", "Keys", Administration, "M8 9a5 5 0 1 0 0 10 5 5 0 0 0 0-10M12 11l9-7M17 7l2.500 3M8 13.800v.400"),
        new("audit", "Audit", Administration, "M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7"),
    ];

    /// <summary>The pages there are for everybody, in the order shown.</summary>
    public static IReadOnlyList<NavPage> All { get; } = Existing();

    /// <summary>The pages there are for somebody: an administrator's too.</summary>
    public static IReadOnlyList<NavPage> For(Visitor visitor) =>
        !visitor.May(AccountRole.Administrator) ? [.. All.Where(static page => page.Address != Backups)] : visitor.AsksWho ? [.. All, .. s_administration] : All;

    /// <summary>The page that an address belongs to; null for one that stands for itself.</summary>
    /// <param name="path">The address behind the base path, as the navigation gives it; what stands behind <c>?</c> or <c>#</c> does not count.</param>
    public static NavPage? Of(string path) => All.Concat(s_administration).FirstOrDefault(page => page.Holds(path.Split('?', '#')[0]));

    private bool Holds(string path) =>
        path.Length == 0 ? Address == First
        : Also.Prepend(Address).Any(other => path == other || path.StartsWith(other.EndsWith('/') ? other : other + "/", StringComparison.Ordinal));

    private static List<NavPage> Existing()
    {
        var routes = typeof(NavPage).Assembly.GetTypes().SelectMany(static type => type.GetCustomAttributes<RouteAttribute>()).Select(static route => route.Template).ToHashSet(StringComparer.Ordinal);
        return [.. s_pages.Where(page => routes.Contains("/" + page.Address.TrimStart('.', '/')))];
    }
}
