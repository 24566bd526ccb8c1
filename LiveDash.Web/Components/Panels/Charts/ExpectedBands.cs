using LiveDash.Core.Detection;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Web.ViewModels;

namespace LiveDash.Web.Components.Panels.Charts;

/// <summary>
/// The bands in which the lines of one chart are expected, of its first <see cref="MaxLines"/> series; holds their detectors while the chart asks for them.
/// Used by one chart; <paramref name="changed"/> is told on any thread.
/// </summary>
internal sealed class ExpectedBands(LiveEngine engine, SeriesCatalog catalog, Func<Task> changed) : IAsyncDisposable
{
    /// <summary>More bands than this hide one another.</summary>
    public const int MaxLines = 4;

    private const int Columns = 400;
    private static readonly long s_bar = 5 * TimeSpan.TicksPerMinute;

    private readonly ChangeSignal _signal = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly List<DetectorLease> _leases = [];
    private Task _watch = Task.CompletedTask;
    private (string, long, int) _shown;
    private long _width;

    /// <summary>Holds what a chart shows from a time on; drops the rest.</summary>
    /// <returns>True where that is something else than before.</returns>
    public bool Show(IReadOnlyList<SeriesPattern> patterns, long from)
    {
        var series = patterns.SelectMany(catalog.Match).Distinct().Order().Take(MaxLines).ToList();
        var span = Math.Max(engine.NowTicks - from, s_bar);
        var width = (span / Columns + s_bar - 1) / s_bar * s_bar;
        var kept = (int)Math.Clamp((span / width) + 3, 3, 10_000);
        var shown = (string.Join(',', series), width, (kept + 63) / 64);
        if (shown == _shown) return false;
        Drop();
        (_shown, _width) = (shown, width);
        foreach (var one in series) _leases.Add(engine.LeaseDetector(one, TimeSpan.FromTicks(width), Math.Min(10_000, shown.Item3 * 64), _signal));
        if (_watch.IsCompleted) _watch = WatchAsync();
        return true;
    }

    /// <summary>Shows none any more.</summary>
    /// <returns>True where it has shown any.</returns>
    public bool Hide()
    {
        if (_shown == default) return false;
        Drop();
        _shown = default;
        return true;
    }

    /// <summary>What is known, from a time on.</summary>
    public IReadOnlyList<ExpectedBand> Read(long from) => [.. _leases.Select(lease => Band(lease, from))];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Drop();
        await _closed.CancelAsync();
        await _watch;
        _closed.Dispose();
    }

    private ExpectedBand Band(DetectorLease lease, long from)
    {
        var bars = lease.Since(from - _width);
        var strange = new List<double>();
        foreach (var bar in bars.Where(static bar => bar.Score >= AnomalyDetector.Anomalous))
        {
            var (start, end) = (Milliseconds(bar.Began), Milliseconds(bar.Began + _width));
            if (strange.Count > 0 && strange[^1] >= start) strange[^1] = end;
            else strange.AddRange([start, end]);
        }

        return new(catalog[lease.Series].ToString(), _width / (double)TimeSpan.TicksPerMillisecond, [.. bars.Select(static bar => Milliseconds(bar.Began))],
            [.. bars.Select(static bar => Finite(bar.Low))], [.. bars.Select(static bar => Finite(bar.High))], strange);
    }

    private async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                await _signal.WaitAsync(_closed.Token);
                await changed();
            }
        }
        catch (OperationCanceledException)
        {
            // The chart was closed.
        }
    }

    private void Drop()
    {
        foreach (var lease in _leases) lease.Dispose();
        _leases.Clear();
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static double Milliseconds(long ticks) => (ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMillisecond;
}
