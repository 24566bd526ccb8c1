using LiveDash.Core.Alerts;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Live.Variables;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;

namespace LiveDash.Web.ViewModels;

/// <summary>Which rules and panels look at series by a window, and whether a change of the window changes them. Pure but for what it reads.</summary>
public static class WindowUsers
{
    private const int Most = 12;

    /// <summary>At most a dozen of them.</summary>
    /// <param name="series">The series that the window decides.</param>
    /// <param name="edited">True where the window is being changed.</param>
    /// <param name="rules">Every rule.</param>
    /// <param name="dashboards">The dashboards that may be seen.</param>
    public static IReadOnlyList<(string Kind, string Name, string Address, string What, bool Changes)> Of(IReadOnlyList<SeriesKey> series, bool edited, RuleSet rules, IReadOnlyList<Dashboard> dashboards)
    {
        var users = new List<(string, string, string, string, bool)>();
        foreach (var rule in rules.Rules)
        {
            if (!series.Any(rule.Watches)) continue;
            users.Add(("Rule", rule.Config.Name, $"rules/edit/{rule.Id}", "own window, unchanged", false));
            if (users.Count == Most) return users;
        }

        foreach (var (dashboard, panel) in dashboards.SelectMany(static one => DashboardVariables.OfAll(one).Panels.Select(panel => (one, panel))))
        {
            if (panel.Kind != PanelKind.Stat || !panel.Series.Any(pattern => Watches(pattern, series))) continue;
            var own = panel.Window is { Length: > 0 };
            users.Add(("Panel", PanelTitle.Of(panel), $"d/{dashboard.Id}", own ? "own window, unchanged" : edited ? "will change" : "by this window", !own && edited));
            if (users.Count == Most) return users;
        }

        return users;
    }

    private static bool Watches(string text, IReadOnlyList<SeriesKey> series) => SeriesPattern.TryParse(text, out var pattern) && series.Any(pattern!.Matches);
}
