using LiveDash.Core.Configuration.Dashboards;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>Aggregate and window of each entry of a chart's series, where they are not the panel's.</summary>
public sealed partial class QueryFields : EditTabBase
{
    private const string Own = "\u0001own";

    private static readonly IReadOnlyList<(string, string)> s_windows = [("", "the panel's"), .. DataTab.Windows, (Own, "own text…")];

    // Entries whose window is written, by their places among the series as last seen; at most as many as a panel has.
    private HashSet<int> _own = [];
    private IReadOnlyList<string> _series = [];
    private bool _began;

    /// <inheritdoc/>
    protected override void OnInitialized() => _began = Panel.Queries.Count > 0;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_series, Panel.Series)) return;
        // What is written goes with its query, wherever that stands now.
        var before = DashboardPanel.PlacesBefore(_series, Panel.Series);
        _own = [.. Enumerable.Range(0, before.Count).Where(at => _own.Contains(before[at]))];
        _series = Panel.Series;
    }

    private IReadOnlyList<(string, string)> AggregateChoices(PanelQuery query) =>
        [("", $"the panel's, {Panel.Aggregate ?? "mean"}"), .. DataTab.ChartAggregates.Prepend("mean").Union(query.Aggregate is { } known ? [known] : []).Select(static name => (name, name))];

    private bool HasFault => Enumerable.Range(0, Panel.Series.Count).Any(at => Error($"window{at}") is not null);

    private bool IsOwn(int entry) => _own.Contains(entry) || (Panel.QueryAt(entry).Window is { } window && !DataTab.Windows.Any(known => known.Text == window));

    private void SetAggregate(int entry, string? text) =>
        Set(entry, $"aggregate {entry + 1} {(string.IsNullOrEmpty(text) ? "as the panel" : text)}", Panel.QueryAt(entry) with { Aggregate = Trimmed(text) });

    private void SetWindow(int entry, string? text)
    {
        if (text == Own)
        {
            _own.Add(entry);
            return;
        }

        _own.Remove(entry);
        Set(entry, $"window {entry + 1} {(string.IsNullOrEmpty(text) ? "as the panel" : text)}", Panel.QueryAt(entry) with { Window = Trimmed(text) });
    }

    private void Set(int entry, string text, PanelQuery query) => Do(text, panel => panel.WithQuery(entry, query));
}
