using System.Globalization;
using LiveDash.Core.Configuration.Dashboards;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>A small drawing of a dashboard's layout with a sign for each kind of panel, by which one knows it again. It shows no values.</summary>
public sealed partial class DashboardThumbnail : ComponentBase
{
    /// <summary>The dashboard.</summary>
    [Parameter, EditorRequired]
    public required Dashboard Dashboard { get; set; }

    private IEnumerable<DashboardPanel> Panels => DashboardLayout.Visible(Dashboard).Where(static panel => panel.Y < 12);

    private static string Sign(DashboardPanel panel, int x, int y, int w, int h)
    {
        FormattableString path = panel.Kind switch
        {
            PanelKind.Stat => $"M{x + 3} {y + 4}h{Math.Min(w * 0.4, 10)}M{x} {y + h - 2}l{w * 0.25} -1l{w * 0.25} 1l{w * 0.25} -2l{w * 0.25} 1",
            PanelKind.Grid => $"M{x + 3} {y + 4}h{w - 6}M{x + 3} {y + (h / 2)}h{w - 6}M{x + 3} {y + h - 4}h{w - 6}",
            PanelKind.Series => $"M{x + 3} {y + 4}h{w - 6}M{x + 3} {y + 8}h{w - 6}M{x + 3} {y + 12}h{w - 6}M{x + 3} {y + 16}h{w - 6}",
            PanelKind.States => $"M{x + 3} {y + (h * 0.35)}h{w * 0.4}m2 0h{w * 0.2}m2 0h{w * 0.2}M{x + 3} {y + (h * 0.7)}h{w * 0.2}m2 0h{w * 0.5}",
            PanelKind.Forecast => $"M{x + 3} {y + (h * 0.7)}l{w * 0.25} {-h * 0.1}l{w * 0.2} {-h * 0.1}M{x + 3 + (w * 0.45)} {y + (h * 0.5)}l{w * 0.4} {-h * 0.3}m0 {h * 0.35}l{-w * 0.4} {-h * 0.05}",
            PanelKind.Image => $"M{x + 3} {y + h - 3}l{w * 0.3} {-h * 0.5}l{w * 0.2} {h * 0.3}l{w * 0.15} {-h * 0.2}l{w * 0.2} {h * 0.4}",
            _ => $"M{x + 3} {y + (h * 0.7)}l{w * 0.15} {-h * 0.2}l{w * 0.15} {h * 0.1}l{w * 0.2} {-h * 0.35}l{w * 0.2} {h * 0.25}l{w * 0.2} {-h * 0.15}",
        };
        return path.ToString(CultureInfo.InvariantCulture);
    }
}
