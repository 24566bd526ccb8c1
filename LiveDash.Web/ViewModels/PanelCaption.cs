using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Windows;

namespace LiveDash.Web.ViewModels;

/// <summary>What stands small beside a panel's title: what is computed and over what, so that nobody has to guess. Pure.</summary>
public static class PanelCaption
{
    /// <summary>The caption; empty where the title says all.</summary>
    public static string Of(DashboardPanel panel)
    {
        var over = WindowSpec.TryParse(panel.Window, out var window, out _) ? window : null;
        return panel.Kind switch
        {
            PanelKind.Chart when panel.Expression is { } expression => expression.Step is { } step ? $"PromQL, step {FieldFormat.Duration(step)}" : "PromQL",
            PanelKind.Chart when panel.Queries.Count > 0 => panel.Queries.Any(static query => query.Aggregate is not null) ? "aggregates by series" : "windows by series",
            PanelKind.Chart when over is not null || panel.Aggregate is not null =>
                $"{panel.Aggregate ?? "mean"}{(over is null ? "" : $" of {FieldFormat.Duration(over.Size)}")}{(panel.Aggregate is null or "mean" && panel.Fields.Band ? ", band min to max" : "")}",
            PanelKind.Chart or PanelKind.States when panel.Span is { } span => $"last {FieldFormat.Duration(span)}",
            PanelKind.Forecast => $"forecast {FieldFormat.Duration(panel.Ahead ?? TimeSpan.FromHours(1))} ahead",
            PanelKind.Stat when panel.Aggregate is { } aggregate && panel.Title.Length > 0 => aggregate,
            _ => "",
        };
    }
}
