namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>
/// One panel: what it shows and where it stands on the <see cref="DashboardLayout.Columns"/>-column raster. Immutable, so safe on any thread.
/// </summary>
public sealed record DashboardPanel
{
    /// <summary>How many series patterns a panel may have.</summary>
    public const int MaxPatterns = 8;

    /// <summary>What stands for the window in <see cref="Window"/> where the range that the dashboard shows is meant.</summary>
    public const string RangeWindow = "range";

    /// <summary>The longest title, in characters.</summary>
    public const int MaxTitle = 80;

    /// <summary>Which panel; unique in its dashboard, 1 to 40 letters, digits or dashes.</summary>
    public required string Id { get; init; }

    /// <summary>What it shows.</summary>
    public required PanelKind Kind { get; init; }

    /// <summary>The series it shows, as patterns (<c>net.rx_bytes{if=*}</c>); at most <see cref="MaxPatterns"/>, at least one except with an <see cref="Expression"/> and for <see cref="PanelKind.Series"/>, <see cref="PanelKind.Image"/> and <see cref="PanelKind.Section"/>.</summary>
    public IReadOnlyList<string> Series { get; init; } = [];

    /// <summary>Aggregate and window of single entries of <see cref="Series"/> of a <see cref="PanelKind.Chart"/>, by their place; what is not there shows what the panel shows.</summary>
    public IReadOnlyList<PanelQuery> Queries { get; init; } = [];

    /// <summary>What a <see cref="PanelKind.Chart"/> or <see cref="PanelKind.Stat"/> shows in the place of series; null for series.</summary>
    public PanelExpression? Expression { get; init; }

    /// <summary>Its name; empty for one made from the series.</summary>
    public string Title { get; init; } = "";

    /// <summary>The window its statistics are over; null for the one that the window settings give the series, <see cref="RangeWindow"/> for what the dashboard shows.</summary>
    public string? Window { get; init; }

    /// <summary>What is shown of the points, such as <c>mean</c> or <c>p99</c>; null for the newest value of a number and the mean of a chart's column.</summary>
    public string? Aggregate { get; init; }

    /// <summary>The name of the scheduled plot that a <see cref="PanelKind.Image"/> shows; else null.</summary>
    public string? Plot { get; init; }

    /// <summary>How far back a live chart or sparkline reaches; null for what is chosen above the dashboard. 10 seconds to 31 days.</summary>
    public TimeSpan? Span { get; init; }

    /// <summary>How far ahead a <see cref="PanelKind.Forecast"/> looks; null for an hour. 5 minutes to 7 days.</summary>
    public TimeSpan? Ahead { get; init; }

    /// <summary>The value of which a <see cref="PanelKind.Forecast"/> tells when it is reached; null for none.</summary>
    public double? Target { get; init; }

    /// <summary>How values are shown.</summary>
    public FieldConfig Fields { get; init; } = FieldConfig.Default;

    /// <summary>The first column, from 0.</summary>
    public int X { get; init; }

    /// <summary>The first row, from 0.</summary>
    public int Y { get; init; }

    /// <summary>How many columns wide; 1 to <see cref="DashboardLayout.Columns"/>.</summary>
    public int W { get; init; } = 6;

    /// <summary>How many rows high; 1 to <see cref="DashboardLayout.MaxHeight"/>.</summary>
    public int H { get; init; } = 4;

    /// <summary>True for a <see cref="PanelKind.Section"/> that hides the panels down to the next section.</summary>
    public bool IsCollapsed { get; init; }

    /// <summary>The first row below it.</summary>
    public int Bottom => Y + H;

    /// <summary>What an entry of <see cref="Series"/> shows of its own.</summary>
    public PanelQuery QueryAt(int entry) => entry < Queries.Count ? Queries[entry] : PanelQuery.OfPanel;

    /// <summary>The same panel with what one entry of <see cref="Series"/> shows of its own.</summary>
    public DashboardPanel WithQuery(int entry, PanelQuery query) =>
        this with { Queries = Trimmed(Enumerable.Range(0, Series.Count).Select(i => i == entry ? query : QueryAt(i))) };

    /// <summary>The same panel with other series: an entry that stays keeps what it shows of its own, wherever it stands, and one that is written anew in the place of another takes that one's over.</summary>
    public DashboardPanel WithSeries(IReadOnlyList<string> series) =>
        this with { Series = series, Queries = Trimmed(PlacesBefore(Series, series).Select(at => at < 0 ? PanelQuery.OfPanel : QueryAt(at))) };

    /// <summary>Where each entry of a list of series stood in the list before it; -1 for one that is new.</summary>
    public static IReadOnlyList<int> PlacesBefore(IReadOnlyList<string> before, IReadOnlyList<string> series)
    {
        var left = Enumerable.Range(0, before.Count).ToHashSet();
        var from = Enumerable.Repeat(-1, series.Count).ToArray();
        // Those in their places come first, since a series may stand there twice.
        Match(i => i < before.Count && before[i] == series[i] ? i : -1);
        Match(i => left.Where(at => before[at] == series[i]).Order().FirstOrDefault(-1));
        if (series.Count == before.Count) Match(static i => i);
        return from;

        void Match(Func<int, int> place)
        {
            for (var i = 0; i < from.Length; i++)
            {
                if (from[i] < 0 && place(i) is var at && left.Remove(at)) from[i] = at;
            }
        }
    }

    /// <summary>The same panel without one entry of <see cref="Series"/>.</summary>
    public DashboardPanel WithoutSeries(int entry)
    {
        var left = Enumerable.Range(0, Series.Count).Where(i => i != entry).ToList();
        return this with { Series = [.. left.Select(i => Series[i])], Queries = Trimmed(left.Select(QueryAt)) };
    }

    /// <summary>True when the two stand in a common column.</summary>
    public bool SharesColumnWith(DashboardPanel other) => X < other.X + other.W && other.X < X + W;

    // The list of patterns makes a record's own equality one of references, which would call every reloaded panel changed.

    /// <inheritdoc/>
    public bool Equals(DashboardPanel? other) =>
        other is not null && Id == other.Id && Kind == other.Kind && Title == other.Title && Window == other.Window && Aggregate == other.Aggregate && Plot == other.Plot
        && Span == other.Span && Ahead == other.Ahead && Target == other.Target && Expression == other.Expression && Fields.Equals(other.Fields) && IsCollapsed == other.IsCollapsed && (X, Y, W, H) == (other.X, other.Y, other.W, other.H) && Series.SequenceEqual(other.Series) && Queries.SequenceEqual(other.Queries);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Kind, Title, X, Y, W, H);

    // Panels that show the same are equal, whatever was undone on the way.
    private static List<PanelQuery> Trimmed(IEnumerable<PanelQuery> queries)
    {
        var all = queries.ToList();
        while (all.Count > 0 && all[^1] == PanelQuery.OfPanel) all.RemoveAt(all.Count - 1);
        return all;
    }
}
