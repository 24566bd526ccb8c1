namespace LiveDash.Core.Detection;

/// <summary>
/// Tells a counter, which only grows and now and then begins again near zero, from a gauge. Decides once a hundred bars are known, and takes it back where
/// the series falls by itself later. Not thread-safe.
/// </summary>
internal struct CounterWatch
{
    private const int Decides = 100;
    private const int LeastRises = 60;

    private double _last;
    private int _bars;
    private int _rises;
    private int _falls;
    private int _resets;

    /// <summary>True while the series is taken for a counter.</summary>
    public bool IsCounter { get; private set; }

    /// <summary>Takes the last value of a bar.</summary>
    /// <returns>True where it is taken for the other kind from now on.</returns>
    public bool Take(double value)
    {
        if (_bars++ > 0)
        {
            if (value > _last) _rises++;
            else if (value < _last && value >= 0 && value < _last / 2) _resets++;
            else if (value < _last) _falls++;
        }

        _last = value;
        if (_bars == Decides && _falls == 0 && _rises >= LeastRises && _resets * 20 <= _rises) return IsCounter = true;
        if (!IsCounter || (_falls <= 2 && _resets * 5 <= _rises)) return false;
        IsCounter = false;
        return true;
    }
}
