using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Windows;

namespace LiveDash.Web.ViewModels;

/// <summary>Where the menu of a panel leads. Pure.</summary>
public static class PanelAddress
{
    /// <summary>The page that explores the panel's points over the same range.</summary>
    public static string Explore(DashboardPanel panel, ViewRange range) =>
        panel.Expression is not { } expression ? $"explore?{Series(panel)}&from={Start(panel, range)}&to={End(range)}"
        : $"explore?expr={Uri.EscapeDataString(expression.Text)}{Step(expression)}"
            + (range.Past is null ? $"&last={DurationText.Format(panel.Span ?? range.Span)}" : $"&from={Start(panel, range)}&to={End(range)}");

    /// <summary>The editor of a rule on its first series, or on its expression.</summary>
    public static string NewRule(DashboardPanel panel) =>
        panel.Expression is { } expression ? $"rules/new?language=promql&expr={Uri.EscapeDataString(expression.Text)}"
        : RuleSuggestion.Address(panel.Series[0], panel.QueryAt(0).Aggregate ?? panel.Aggregate, WindowSpec.TryParse(panel.QueryAt(0).Window ?? panel.Window, out var window, out _) ? window.ToString() : null);

    /// <summary>A plot job of the same points.</summary>
    public static string Plot(DashboardPanel panel, ViewRange range) => $"plots?{Series(panel)}&start={Start(panel, range)}&end={End(range)}";

    /// <summary>The points as a file; of an expression its values.</summary>
    public static string Points(DashboardPanel panel, ViewRange range, string format) =>
        panel.Expression is { } expression ? $"api/query/range?expr={Uri.EscapeDataString(expression.Text)}{Step(expression)}&from={Start(panel, range)}&to={End(range)}&format={format}"
        : $"api/points?{Series(panel)}&from={Start(panel, range)}&to={End(range)}&format={format}";

    /// <summary>The panel alone on the screen.</summary>
    public static string FullScreen(string dashboardId, string panelId, ViewRange range)
    {
        var query = range.ToQuery().Where(static pair => pair.Value is not null).Select(static pair => $"&{pair.Key}={Uri.EscapeDataString((string)pair.Value!)}");
        return $"d/{dashboardId}?panel={panelId}{string.Concat(query)}";
    }

    /// <summary>A file name of the panel.</summary>
    public static string FileName(DashboardPanel panel, string extension)
    {
        var name = new string([.. PanelTitle.Of(panel).Select(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-')]).Trim('-');
        return $"{(name.Length is > 0 and <= 80 ? name : "panel")}.{extension}";
    }

    private static string Step(PanelExpression expression) => expression.Step is { } step ? $"&step={DurationText.Format(step)}" : "";

    // A live panel's links say "now", which is what is on screen when they are followed.
    private static string Start(DashboardPanel panel, ViewRange range) =>
        Uri.EscapeDataString(range.Past is { } past ? TimeText.Format(past.From) : "now-" + DurationText.Format(panel.Span ?? range.Span));

    private static string End(ViewRange range) => range.Past is { } past ? Uri.EscapeDataString(TimeText.Format(past.To)) : "now";

    private static string Series(DashboardPanel panel) => string.Join('&', panel.Series.Select(static series => "series=" + Uri.EscapeDataString(series)));
}
