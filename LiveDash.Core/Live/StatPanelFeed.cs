using System.Runtime.InteropServices;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Live;

/// <summary>One aggregate of one series over a window, with a sparkline of the series. Of several series chosen it takes the first.</summary>
/// <param name="engine">Gives window and sparkline.</param>
/// <param name="catalog">Gives the series.</param>
/// <param name="pattern">Which series.</param>
/// <param name="window">Which points count, for the series found: the spec and how late a point may come.</param>
/// <param name="aggregate">What is shown of them.</param>
/// <param name="span">How far back the sparkline goes.</param>
/// <param name="columns">How many columns the sparkline has.</param>
/// <param name="text">Writes the value for people.</param>
public sealed class StatPanelFeed(
    LiveEngine engine, SeriesCatalog catalog, SeriesPattern pattern, Func<SeriesKey, (WindowSpec Spec, TimeSpan? Lateness)> window,
    AggregateSpec aggregate, TimeSpan span, int columns, Func<SeriesKey, WindowSnapshot, double, StatText> text) : LivePanel
{
    private readonly SeriesMatcher _matcher = new(catalog, [pattern], 1);
    private readonly List<ChartColumn> _changed = [];
    private readonly string[] _texts = new string[3];
    private WindowLease? _window;
    private ChartLease? _spark;
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
        if (_window is null && _matcher.Update())
        {
            var series = _matcher.Found[0];
            var (spec, lateness) = window(catalog[series]);
            _window = engine.LeaseWindow(series, spec, [aggregate], Signal, lateness);
            _spark = engine.LeaseChart(series, span, columns, Signal);
        }

        var snapshot = _window?.Read();
        var version = snapshot?.Version ?? 0;
        var sparkVersion = _spark?.Version ?? 0;
        if (version == _sentWindow && sparkVersion == _sentSpark && !MustReset) return false;
        _sentWindow = version;
        _changed.Clear();
        if (_spark is not null) _sentSpark = _spark.CopySince(_sentSpark, _changed);
        var value = version > 0 ? snapshot!.Extras[0] : double.NaN;
        writer.BeginPanel(Id, FrameKind.Stat, MustReset);
        writer.Write(value);
        writer.Write(version > 0 && snapshot!.Summary.Count > 0 ? FrameWriter.ToMilliseconds(snapshot.Summary.LastTime) : double.NaN);
        writer.Write(0, CollectionsMarshal.AsSpan(_changed));
        var said = version > 0 ? text(catalog[_window!.Series], snapshot!, value) : new StatText("–", "", "");
        _texts[0] = said.Number;
        _texts[1] = said.Unit;
        _texts[2] = said.Detail;
        writer.Write(_texts);
        writer.EndPanel();
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _window?.Dispose();
        _spark?.Dispose();
    }
}
