using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Live;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;

namespace LiveDash.Web.ViewModels;

/// <summary>The queries that a chart's entries make: those that show the same are one, so that a series which two of them choose is one line. Pure.</summary>
public static class ChartQueries
{
    /// <summary>What a chart shows where nothing is said.</summary>
    internal const string Usual = "mean";

    /// <summary>The queries, in the order of the entries; one without series where there is no entry.</summary>
    /// <param name="series">The entries; a text that is no pattern chooses nothing.</param>
    /// <param name="own">What single entries show of their own.</param>
    /// <param name="aggregate">What the chart shows; null for the mean.</param>
    /// <param name="window">How long a column is at least; null for a pixel.</param>
    /// <param name="ticks">How long the stretch is.</param>
    /// <param name="most">How many columns there are at most.</param>
    public static IReadOnlyList<ChartQuery> Of(IReadOnlyList<string> series, IReadOnlyList<PanelQuery> own, string? aggregate, string? window, long ticks, int most)
    {
        var groups = series.Select((text, i) => (Text: text, Query: Effective(own, i, aggregate, window))).GroupBy(static entry => entry.Query).ToList();
        if (groups.Count == 0) return [new ChartQuery([], most)];
        return
        [
            .. groups.Select(group => new ChartQuery(
                PanelSeries.Patterns(group.Select(static entry => entry.Text)),
                StepOf(group.Key.Window) is { Ticks: > 0 } step ? (int)Math.Clamp(ticks / step.Ticks, 1, most) : most,
                group.Key.Aggregate == (aggregate ?? Usual) ? null : group.Key.Aggregate,
                Words(group.Key))),
        ];
    }

    /// <summary>How long a column of a window is; zero for a pixel.</summary>
    public static TimeSpan StepOf(string? window) => WindowSpec.TryParse(window, out var spec, out _) ? spec.Size : TimeSpan.Zero;

    /// <summary>True where every entry shows the mean of a pixel's points: then all points drawn are the same picture.</summary>
    public static bool AllUsual(IReadOnlyList<string> series, IReadOnlyList<PanelQuery> own, string? aggregate, string? window) =>
        Enumerable.Range(0, series.Count).All(i => Effective(own, i, aggregate, window) is { Aggregate: Usual } query && StepOf(query.Window) == TimeSpan.Zero);

    /// <summary>True where every entry counts points, whatever unit the series have.</summary>
    public static bool AllCount(IReadOnlyList<string> series, IReadOnlyList<PanelQuery> own, string? aggregate) =>
        series.Count > 0 && Enumerable.Range(0, series.Count).All(i => Effective(own, i, aggregate, null).Aggregate == "count");

    private static PanelQuery Effective(IReadOnlyList<PanelQuery> own, int entry, string? aggregate, string? window)
    {
        var query = entry < own.Count ? own[entry] : PanelQuery.OfPanel;
        return new PanelQuery(query.Aggregate ?? aggregate ?? Usual, query.Window ?? window);
    }

    private static string Words(PanelQuery query) =>
        StepOf(query.Window) is { Ticks: > 0 } step ? $"{query.Aggregate} of {FieldFormat.Duration(step)}" : query.Aggregate!;
}
