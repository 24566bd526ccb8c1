using System.Globalization;
using LiveDash.Core.Configuration.Dashboards;

namespace LiveDash.Web.ViewModels;

/// <summary>
/// The rows of a dashboard's raster as css/dashboard.css lays them out: one that holds the head of a section is as high as the head, all others share
/// the height that is left on the screen. Pure.
/// </summary>
public static class DashboardRows
{
    /// <summary>The custom properties <c>--template</c> (all rows) and <c>--least</c> (the height below which the page scrolls) of the panels that are shown.</summary>
    public static string Style(IEnumerable<DashboardPanel> shown) => StyleOf(shown.Select(static panel => (panel.Kind == PanelKind.Section, panel.Y, panel.Bottom)));

    /// <summary>The same of panels by whether they are the head of a section, their first row and the one behind their last.</summary>
    public static string StyleOf(IEnumerable<(bool IsHead, int Y, int Bottom)> panels)
    {
        var shown = panels.ToList();
        if (shown.Count == 0) return "";
        var rows = shown.Max(static panel => panel.Bottom);
        var heads = shown.Where(static panel => panel.IsHead).Select(static panel => panel.Y).ToHashSet();
        var template = string.Join(' ', Enumerable.Range(0, rows).Select(row => heads.Contains(row) ? "var(--row-head)" : "var(--row)"));
        return string.Create(CultureInfo.InvariantCulture, $"--template:{template};--least:calc({rows - heads.Count} * var(--row-least) + {heads.Count} * var(--row-head) + {rows - 1} * var(--gap))");
    }
}
