using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Alerts;

/// <summary>The windows of a preview: filled from the scan instead of by a shard. Used by one preview alone.</summary>
internal sealed class PreviewWindows : IWindowSource
{
    private readonly Dictionary<int, List<SlidingWindow>> _bySeries = [];

    /// <inheritdoc/>
    public SlidingWindow Acquire(int series, WindowSpec spec, IReadOnlyList<AggregateSpec> needs)
    {
        if (!_bySeries.TryGetValue(series, out var windows)) _bySeries[series] = windows = [];
        var window = SlidingWindow.Create(spec, new WindowOptions { Needs = needs });
        windows.Add(window);
        return window;
    }

    /// <inheritdoc/>
    public void Release(int series, WindowSpec spec)
    {
        // A preview's windows go with it.
    }

    /// <summary>Takes a point.</summary>
    public void Add(int series, long ticks, double value)
    {
        if (!_bySeries.TryGetValue(series, out var windows)) return;
        foreach (var window in windows) window.Add(ticks, value);
    }

    /// <summary>Tells every window of a series since when it has points.</summary>
    public void TellKnownSince(int series, long ticks)
    {
        if (!_bySeries.TryGetValue(series, out var windows)) return;
        foreach (var window in windows) window.TellKnownSince(ticks);
    }

    /// <summary>Time has passed.</summary>
    public void AdvanceTo(long ticks)
    {
        foreach (var windows in _bySeries.Values)
        {
            foreach (var window in windows) window.AdvanceTo(ticks);
        }
    }
}
