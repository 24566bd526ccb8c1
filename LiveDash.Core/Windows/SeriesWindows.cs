namespace LiveDash.Core.Windows;

/// <summary>
/// The windows of one series over one shared log of points: a point is stored and summed up once for all of them, and each window catches
/// up by leaves of 64 when it is asked, so ten windows cost little more than one. A window attached later sees the points still held.
/// All windows of a log have the same lateness, whatever their options say. Not thread-safe: one owner.
/// </summary>
public sealed class SeriesWindows(TimeSpan allowedLateness)
{
    private readonly PointLog _log = new(allowedLateness.Ticks);

    /// <summary>How many points came too late to count.</summary>
    public long LateCount => _log.LateCount;

    /// <summary>How many points are held for all windows together.</summary>
    public int Held => CountSince(long.MinValue);

    /// <summary>About how many bytes its points take.</summary>
    public long Bytes => _log.Bytes;

    /// <summary>Where time stands, in UTC ticks; <see cref="long.MinValue"/> before the first point.</summary>
    public long Now => _log.Now;

    /// <summary>How many windows are attached.</summary>
    public int Count => _log.WindowCount;

    /// <summary>Adds a window; its lateness is that of the series.</summary>
    public SlidingWindow Attach(WindowSpec spec, WindowOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new LogWindow(_log, spec, options with { AllowedLateness = allowedLateness });
    }

    /// <summary>
    /// Takes over a window: from now on it is one over this log and has its lateness, whoever holds it. The points it had before stay behind.
    /// </summary>
    public void Adopt(SlidingWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        ((LogWindow)window).Bind(_log);
    }

    /// <summary>Takes over a window of the same series with another lateness, and its points: what it shows stays.</summary>
    public void Adopt(SlidingWindow window, SeriesWindows from)
    {
        var points = from.Since(long.MinValue);
        var whole = from._log.WholeSince;
        _log.TellKnownSince(from._log.KnownSince);
        Adopt(window);
        Reload(points.ConvertAll(static point => point.Time).ToArray(), points.ConvertAll(static point => point.Value).ToArray(), whole);
        _log.AdvanceTo(from._log.Now);
    }

    /// <summary>True when the log holds every point that a window of this kind would hold had it been there all the time.</summary>
    public bool Covers(WindowSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (_log.WholeSince == long.MaxValue) return false;
        if (_log.WholeSince <= _log.KnownSince) return true;
        return spec.Kind switch
        {
            WindowKind.Count => CountSince(_log.WholeSince) >= spec.Points,
            // Where a session began is known only from the silence before it.
            WindowKind.Session => false,
            _ => _log.WholeSince <= _log.MaxEvent - spec.Size.Ticks,
        };
    }

    /// <summary>Tells since when the log holds all points of the series: at its beginning, before the first point.</summary>
    /// <param name="ticks">UTC ticks; 0 where the series has no past.</param>
    public void TellWholeSince(long ticks) => _log.WholeSince = ticks;

    /// <summary>
    /// Puts the series' past before the points held, so that every window sees what it would have seen had the log been there all the time. Points that
    /// the log holds already are left out by time, so the past may overlap them.
    /// </summary>
    /// <param name="ticks">Event times of the past, rising.</param>
    /// <param name="values">As many values, all finite.</param>
    /// <param name="wholeSince">Since when these are all points of the series; <see cref="long.MaxValue"/> where that is not known.</param>
    public void Reload(ReadOnlySpan<long> ticks, ReadOnlySpan<double> values, long wholeSince)
    {
        var older = 0;
        while (older < ticks.Length && ticks[older] < _log.WholeSince) older++;
        _log.Restart(ticks[..older], values[..older], Since(_log.WholeSince), Math.Min(wholeSince, _log.WholeSince));
    }

    /// <summary>How many points it holds.</summary>
    public int HeldPoints => CountSince(long.MinValue);

    /// <summary>Gives it the same points anew, whose values may be others.</summary>
    /// <param name="ticks">Their times, in order.</param>
    /// <param name="values">Their values.</param>
    public void Replace(ReadOnlySpan<long> ticks, ReadOnlySpan<double> values) => _log.Restart(ticks, values, [], _log.WholeSince);

    /// <summary>Takes a window off; it must not be used again.</summary>
    /// <exception cref="ArgumentException">The window is not of this series.</exception>
    public void Detach(SlidingWindow window)
    {
        if (window is not LogWindow own || own.Log != _log) throw new ArgumentException("The window is not of this series.", nameof(window));
        _log.Detach(own);
    }

    /// <summary>Tells that the series has points since a time, though they were not given to it.</summary>
    public void TellKnownSince(long ticks) => _log.TellKnownSince(ticks);

    /// <summary>Takes a point for all windows; see <see cref="SlidingWindow.Add"/>.</summary>
    public void Add(long ticks, double value) => _log.Add(ticks, value);

    /// <summary>Takes points in the order given; see <see cref="SlidingWindow.AddRange"/>.</summary>
    public void AddRange(ReadOnlySpan<long> ticks, ReadOnlySpan<double> values)
    {
        if (ticks.Length != values.Length) throw new ArgumentException("There are not as many values as times.", nameof(values));
        _log.AddRange(ticks, values);
    }

    /// <summary>Tells that time has passed without a point; see <see cref="SlidingWindow.AdvanceTo"/>.</summary>
    public void AdvanceTo(long nowTicks) => _log.AdvanceTo(nowTicks);

    private int CountSince(long ticks)
    {
        var count = 0;
        for (var i = _log.FirstLeaf; i <= _log.OpenLeaf && !_log.IsEmpty; i++) count += _log[i].CountSince(ticks);
        return count;
    }

    private List<(long Time, double Value)> Since(long ticks)
    {
        var points = new List<(long Time, double Value)>();
        for (var i = _log.FirstLeaf; i <= _log.OpenLeaf && !_log.IsEmpty; i++)
        {
            var leaf = _log[i];
            for (var j = leaf.Count - leaf.CountSince(ticks); j < leaf.Count; j++) points.Add((leaf.Times[j], leaf.Values[j]));
        }

        return points;
    }
}
