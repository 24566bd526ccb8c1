namespace LiveDash.Core.Windows;

/// <summary>
/// The windows of one series over one shared log of points: a point is stored and summed up once for all of them, and each window catches
/// up by leaves of 64 when it is asked, so ten windows cost little more than one. A window attached later sees the points still held.
/// All windows of a log have the same lateness. Not thread-safe: one owner.
/// </summary>
public sealed class SeriesWindows(TimeSpan allowedLateness)
{
    private readonly PointLog _log = new(allowedLateness.Ticks);

    /// <summary>How many points came too late to count.</summary>
    public long LateCount => _log.LateCount;

    /// <summary>How many windows are attached.</summary>
    public int Count => _log.WindowCount;

    /// <summary>Adds a window; its lateness is that of the series.</summary>
    public SlidingWindow Attach(WindowSpec spec, WindowOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new LogWindow(_log, spec, options with { AllowedLateness = allowedLateness });
    }

    /// <summary>Takes a window off; it must not be used again.</summary>
    /// <exception cref="ArgumentException">The window is not of this series.</exception>
    public void Detach(SlidingWindow window)
    {
        if (window is not LogWindow own || own.Log != _log) throw new ArgumentException("The window is not of this series.", nameof(window));
        _log.Detach(own);
    }

    /// <summary>Takes a point for all windows; see <see cref="SlidingWindow.Add"/>.</summary>
    public void Add(long ticks, double value) => _log.Add(ticks, value);

    /// <summary>Tells that time has passed without a point; see <see cref="SlidingWindow.AdvanceTo"/>.</summary>
    public void AdvanceTo(long nowTicks) => _log.AdvanceTo(nowTicks);
}
