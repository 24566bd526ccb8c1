using LiveDash.Core.Configuration.Dashboards;

namespace LiveDash.Web.ViewModels;

/// <summary>What stands over a panel.</summary>
public static class PanelTitle
{
    /// <summary>The title a person gave, or one made of the series (and the aggregate, where it is not the newest value).</summary>
    public static string Of(DashboardPanel panel)
    {
        if (panel.Title.Length > 0) return panel.Title;
        if (panel.Plot is { } plot) return plot;
        if (panel.Expression is { } expression) return expression.Text.Length <= DashboardPanel.MaxTitle ? expression.Text : expression.Text[..(DashboardPanel.MaxTitle - 1)] + "…";
        var series = panel.Series switch
        {
            [] => "All series",
            [var one] => one,
            [var one, var two] => $"{one}, {two}",
            _ => $"{panel.Series[0]} and {panel.Series.Count - 1} more",
        };
        return panel is { Kind: PanelKind.Stat, Aggregate: { } aggregate } ? $"{aggregate}({series})" : series;
    }
}
