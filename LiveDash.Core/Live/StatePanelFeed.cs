using System.Globalization;
using System.Text.Json;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;

namespace LiveDash.Core.Live;

/// <summary>
/// The states of series over time: the columns of a chart, and behind the names a JSON text a line, <c>{"before":[number,since],"words":["running","stopped"]}</c>: the words by their
/// numbers, and the state that the series was in before the stretch that is shown, as it lasts until the first point of it. New words are sent as they come.
/// </summary>
public sealed class StatePanelFeed : ChartPanelFeed
{
    private readonly LiveEngine _engine;
    private readonly SeriesCatalog _catalog;
    private readonly long _from;
    // By series; at most as many as there are lines.
    private volatile Dictionary<int, (long Time, double Value)> _before = [];
    private int _version = -1;

    /// <summary>Makes the feed.</summary>
    /// <param name="engine">Gives the columns.</param>
    /// <param name="catalog">Gives the series, their names and words.</param>
    /// <param name="patterns">Which series.</param>
    /// <param name="span">How far back the live panel goes.</param>
    /// <param name="range">The stored range to show instead, or null.</param>
    /// <param name="columns">How many columns there are, 1 to 10,000.</param>
    /// <param name="time">The clock, from which a live panel goes back.</param>
    public StatePanelFeed(LiveEngine engine, SeriesCatalog catalog, IReadOnlyList<SeriesPattern> patterns, TimeSpan span, TimeRange? range, int columns, TimeProvider time)
        : base(engine, catalog, [new ChartQuery(patterns, columns)], span, range)
    {
        _engine = engine;
        _catalog = catalog;
        _from = range?.From ?? (time.GetUtcNow() - span).UtcTicks;
    }

    /// <inheritdoc/>
    protected override FrameKind Frame => FrameKind.States;

    /// <inheritdoc/>
    protected override bool Write(FrameWriter writer, long nowTicks)
    {
        var version = _catalog.States.Version;
        if (version != _version)
        {
            _version = version;
            Invalidate();
        }

        return base.Write(writer, nowTicks);
    }

    /// <inheritdoc/>
    protected override void OnFound() => _ = LoadBeforeAsync([.. Found]);

    /// <inheritdoc/>
    protected override IEnumerable<string> MoreTexts()
    {
        var before = _before;
        foreach (var series in Found)
        {
            var carried = before.TryGetValue(series, out var point)
                ? string.Create(CultureInfo.InvariantCulture, $"[{point.Value:R},{FrameWriter.ToMilliseconds(point.Time):R}]")
                : "null";
            yield return $"{{\"before\":{carried},\"words\":{JsonSerializer.Serialize(_catalog.States.Find(_catalog[series])?.Texts ?? [])}}}";
        }
    }

    private async Task LoadBeforeAsync(int[] series)
    {
        var before = new Dictionary<int, (long, double)>();
        try
        {
            foreach (var one in series)
            {
                if (await _engine.ReadBeforeAsync(one, _from, Ended).ConfigureAwait(false) is { } point) before[one] = point;
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (before.Count == 0) return;
        _before = before;
        // The next section tells it.
        _version = -1;
        Signal?.Raise();
    }
}
