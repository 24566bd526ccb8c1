using System.Runtime.InteropServices;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Live;

/// <summary>
/// One aggregate of one series, with a sparkline: live over a window or over what the dashboard shows, or of a stored range. A window is leased only
/// where the sparkline's columns cannot tell the aggregate.
/// </summary>
/// <param name="engine">Gives window and sparkline.</param>
/// <param name="catalog">Gives the series.</param>
/// <param name="query">What is shown.</param>
/// <param name="columns">How many columns the sparkline has.</param>
/// <param name="text">Writes the value for people.</param>
public sealed class StatPanelFeed(LiveEngine engine, SeriesCatalog catalog, StatQuery query, int columns, Func<StatReading, StatText> text) : LivePanel
{
    // The last text of a section that shows a state, which a number has not.
    private const string StateMark = "state";

    private readonly SeriesMatcher _matcher = new(catalog, [[query.Pattern]], 1);
    private readonly List<ChartColumn> _all = [];
    private readonly List<ChartColumn> _changed = [];
    private readonly string[] _texts = ["", "", "", "", StateMark];
    private readonly CancellationTokenSource _end = new();
    private WindowLease? _window;
    private ChartLease? _spark;
    private Past? _past;
    private int _series = -1;
    private long _sentWindow = -1;
    private long _sentSpark;

    /// <inheritdoc/>
    public override void Invalidate()
    {
        base.Invalidate();
        _sentWindow = -1;
        _sentSpark = 0;
    }

    /// <inheritdoc/>
    protected override bool Write(FrameWriter writer, long nowTicks)
    {
        if (_series < 0 && _matcher.Update()) Begin(_matcher.Found[0].Series);
        if (query.Range is not null) return WritePast(writer);
        var snapshot = _window?.Read();
        var version = snapshot?.Version ?? 0;
        var sparkVersion = _spark?.Version ?? 0;
        if (version == _sentWindow && sparkVersion == _sentSpark && !MustReset) return false;
        _sentWindow = version;
        _changed.Clear();
        if (_spark is not null)
        {
            _all.Clear();
            _spark.CopySince(0, _all);
            _sentSpark = _spark.CopySince(_sentSpark, _changed);
        }

        var summary = ColumnSummary.Of(_all, nowTicks - query.Span.Ticks);
        var value = _window is null ? summary.Evaluate(query.Aggregate.Kind) : version > 0 ? snapshot!.Extras[0] : double.NaN;
        var time = double.NaN;
        if (_series >= 0 && engine.TryReadLast(_series, out var newest))
        {
            time = FrameWriter.ToMilliseconds(newest.Time);
            // The newest value stands, however long ago it came.
            if (_window is null && query.Aggregate.Kind == Windows.Aggregates.AggregateKind.Last) value = newest.Value;
        }

        var (min, max, count) = _window is not null && version > 0
            ? (snapshot!.Summary.Min, snapshot.Summary.Max, snapshot.Summary.Count)
            : (summary.Min, summary.Max, summary.Count);
        WriteSection(writer, value, time, _changed, min, max, count, Spec());
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _end.Cancel();
        _window?.Dispose();
        _spark?.Dispose();
    }

    private void Begin(int series)
    {
        _series = series;
        base.Invalidate();
        if (query.Range is { } range)
        {
            _ = LoadAsync(series, range);
            return;
        }

        _spark = engine.LeaseChart(series, query.Span, columns, Signal);
        var own = query.Window(catalog[series]);
        if (own is null && ColumnSummary.Tells(query.Aggregate.Kind)) return;
        var (spec, lateness) = own ?? (WindowSpec.Last(query.Span), null);
        _window = engine.LeaseWindow(series, spec, [query.Aggregate], Signal, lateness);
    }

    private WindowSpec? Spec() => _series < 0 || _window is null ? null : query.Window(catalog[_series])?.Spec;

    private bool WritePast(FrameWriter writer)
    {
        var past = Volatile.Read(ref _past);
        if (!MustReset || (past is null && _series >= 0)) return false;
        WriteSection(
            writer, past?.Value ?? double.NaN, past?.Time ?? double.NaN, past?.Columns ?? [], past?.Summary.Min ?? double.NaN, past?.Summary.Max ?? double.NaN,
            past?.Summary.Count ?? 0, null);
        return true;
    }

    private void WriteSection(FrameWriter writer, double value, double time, List<ChartColumn> spark, double min, double max, long count, WindowSpec? spec)
    {
        writer.BeginPanel(Id, FrameKind.Stat, MustReset);
        writer.Write(value);
        writer.Write(time);
        writer.Write(0, CollectionsMarshal.AsSpan(spark));
        var said = _series >= 0 ? text(new(catalog[_series], value, min, max, count, spec)) : new StatText("–", "", "no such series yet", "");
        (_texts[0], _texts[1], _texts[2], _texts[3]) = (said.Number, said.Unit, said.Detail, said.Over);
        writer.Write(_texts.AsSpan(0, said.IsState ? _texts.Length : _texts.Length - 1));
        writer.EndPanel();
    }

    private async Task LoadAsync(int series, TimeRange range)
    {
        try
        {
            var read = (List<ChartColumn>)[.. await engine.ReadRangeAsync(series, range, columns, _end.Token).ConfigureAwait(false)];
            var summary = ColumnSummary.Of(read);
            var value = summary.Evaluate(query.Aggregate.Kind);
            if (!ColumnSummary.Tells(query.Aggregate.Kind))
            {
                value = (await engine.ReadAggregateAsync(series, range, query.Aggregate, _end.Token).ConfigureAwait(false))?.Value ?? double.NaN;
            }

            Volatile.Write(ref _past, new Past(value, read.Count > 0 ? FrameWriter.ToMilliseconds(read[^1].Start) : double.NaN, summary, read));
        }
        catch (OperationCanceledException)
        {
            return;
        }

        Signal?.Raise();
    }

    private sealed record Past(double Value, double Time, ColumnSummary Summary, List<ChartColumn> Columns);
}
