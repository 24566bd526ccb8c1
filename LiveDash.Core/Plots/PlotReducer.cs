using LiveDash.Core.Model;
using LiveDash.Core.Plots.Drawing;
using LiveDash.Core.Plots.Kinds;

namespace LiveDash.Core.Plots;

/// <summary>
/// Takes the points of a plot block by block, keeps only what its pixels can show, and draws it: memory depends on the picture's size and the number of
/// series, not on the number of points. Some kinds must see the points twice, first to learn their extent. Not thread-safe.
/// </summary>
public abstract class PlotReducer
{
    private readonly int[] _slots;

    private protected PlotReducer(PlotSpec spec, IReadOnlyList<PlotSeries> series, TimeRange range)
    {
        Spec = spec;
        Series = series;
        Range = range;
        _slots = new int[series.Count == 0 ? 0 : series.Max(s => s.Number) + 1];
        Array.Fill(_slots, -1);
        for (var i = 0; i < series.Count; i++) _slots[series[i].Number] = i;
    }

    /// <summary>How many points were added in this pass.</summary>
    public long Points { get; private set; }

    /// <summary>How the plot looks.</summary>
    protected PlotSpec Spec { get; }

    /// <summary>What is shown, in the order of the legend.</summary>
    protected IReadOnlyList<PlotSeries> Series { get; }

    /// <summary>The times shown.</summary>
    protected TimeRange Range { get; }

    /// <summary>Makes the reducer of a kind.</summary>
    /// <param name="spec">How the plot looks.</param>
    /// <param name="series">What is shown; each number once.</param>
    /// <param name="range">The times shown; points outside are passed over.</param>
    public static PlotReducer Create(PlotSpec spec, IReadOnlyList<PlotSeries> series, TimeRange range) => spec.Kind switch
    {
        PlotKind.Scatter or PlotKind.Map => new DotPlot(spec, series, range),
        PlotKind.Histogram => new HistogramPlot(spec, series, range),
        PlotKind.Box => new BoxPlot(spec, series, range),
        PlotKind.BarHour => new BarHourPlot(spec, series, range),
        PlotKind.BarTag => new BarTagPlot(spec, series, range),
        PlotKind.HeatmapWeek or PlotKind.HeatmapGrid => new CellPlot(spec, series, range),
        PlotKind.Correlation => new CorrelationPlot(spec, series, range),
        _ => new LinePlot(spec, series, range),
    };

    /// <summary>Takes points, ordered by time among all calls of a pass. Unknown series are passed over.</summary>
    /// <param name="series">The number of each point's series.</param>
    /// <param name="times">UTC ticks.</param>
    /// <param name="values">Finite values.</param>
    /// <param name="x">Locations, NaN for none; empty when no point has one.</param>
    /// <param name="y">Locations, NaN for none; empty when no point has one.</param>
    public void Add(ReadOnlySpan<int> series, ReadOnlySpan<long> times, ReadOnlySpan<double> values, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Points += times.Length;
        // Points come in runs of one series, at best a whole block of it.
        for (var i = 0; i < series.Length;)
        {
            var number = series[i];
            var end = i + 1 + series[(i + 1)..].IndexOfAnyExcept(number);
            if (end == i) end = series.Length;
            var slot = (uint)number < (uint)_slots.Length ? _slots[number] : -1;
            if (slot >= 0)
            {
                var run = i..end;
                AddRun(slot, times[run], values[run], x.IsEmpty ? x : x[run], y.IsEmpty ? y : y[run]);
            }

            i = end;
        }
    }

    /// <summary>What the picture says of its points; null where there is nothing.</summary>
    public string? Remark { get; set; }

    /// <summary>What stands at the foot of the picture: what its kind has to say, and <see cref="Remark"/>.</summary>
    private protected string? Foot(string? own) => own is null || Remark is null ? own ?? Remark : $"{own}; {Remark}";

    /// <summary>Whether it shows what rows say that stand for several points; otherwise it is given the last of each.</summary>
    public virtual bool WantsSummaries => false;

    /// <summary>Takes rows that stand for several points each, with what they say of those; the rest as <see cref="Add"/> says.</summary>
    /// <param name="series">The number of each row's series.</param>
    /// <param name="times">UTC ticks of the last point of each.</param>
    /// <param name="rows">Number, least, greatest, sum and last of each row's points.</param>
    public void AddSummaries(ReadOnlySpan<int> series, ReadOnlySpan<long> times, ReadOnlySpan<SummaryRow> rows)
    {
        Points += times.Length;
        for (var i = 0; i < series.Length; i++)
        {
            var slot = (uint)series[i] < (uint)_slots.Length ? _slots[series[i]] : -1;
            if (slot >= 0) AddRow(slot, times[i], rows[i]);
        }
    }

    /// <summary>Called when all points were added; true asks for the same points once more.</summary>
    public bool NextPass()
    {
        if (!WantsAnotherPass()) return false;
        Points = 0;
        return true;
    }

    /// <summary>Takes points of one series.</summary>
    private protected abstract void AddRun(int slot, ReadOnlySpan<long> times, ReadOnlySpan<double> values, ReadOnlySpan<double> x, ReadOnlySpan<double> y);

    /// <summary>Takes a row that stands for several points of one series.</summary>
    private protected virtual void AddRow(int slot, long time, SummaryRow row) => AddRun(slot, [time], [row.Last], [], []);

    /// <summary>True when the points are needed once more.</summary>
    private protected virtual bool WantsAnotherPass() => false;

    /// <summary>Draws what was kept.</summary>
    internal abstract void Draw(Canvas canvas);

    /// <summary>The title: what the request says, or the series' names as far as they are few.</summary>
    internal virtual string Title => Spec.Title ?? Series.Count switch
    {
        0 => "",
        1 => Series[0].Key.ToString(),
        _ when Series.Select(s => s.Key.Name).Distinct().Count() == 1 => Series[0].Key.Name,
        2 or 3 => string.Join(", ", Series.Select(s => s.Key.ToString())),
        _ => $"{Series[0].Key}, {Series[1].Key} and {Series.Count - 2} more",
    };

    /// <summary>The legend's text for a series: its tags alone where all share one name.</summary>
    private protected string LegendLabel(int slot)
    {
        var key = Series[slot].Key;
        return key.Tags.Count > 0 && Series.All(s => s.Key.Name == key.Name)
            ? string.Join(", ", key.Tags.Count == 1 ? [key.Tags[0].Value] : key.Tags.Select(t => $"{t.Key}={t.Value}"))
            : key.ToString();
    }

    /// <summary>What an axis of values says: what they are, where that needs saying, and their unit.</summary>
    private protected string? ValueLabel(string? what) => Spec.Unit is not { } unit ? what : what is null ? unit : $"{what}, {unit}";

    /// <summary>The aggregate by the name that requests give it; a count has no unit.</summary>
    private protected string AggregateLabel => Spec.Aggregate == PlotAggregate.Count ? "count" : ValueLabel(Spec.Aggregate.ToString().ToLowerInvariant())!;

    /// <summary>The legend, each series in its colour.</summary>
    private protected IReadOnlyList<LegendItem> Legend() =>
        [.. Enumerable.Range(0, Series.Count).Select(i => new LegendItem(LegendLabel(i), Color(i)))];

    /// <summary>The colour that a series has here as on every page.</summary>
    private protected Rgba Color(int slot) => Spec.Theme.Color(Series[slot].Color);

    /// <summary>Says in the middle that there is nothing to show.</summary>
    private protected void DrawNothing(Canvas canvas, Area inner) =>
        canvas.DrawText("No data in this range", inner.X + (inner.Width / 2), inner.Y + (inner.Height / 2) + 4, new(13, Spec.Theme.Quiet, 0.5));
}
