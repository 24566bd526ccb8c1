namespace LiveDash.Core.Query.Functions;

/// <summary>
/// The buckets of a classic histogram: how many observations were at most each bound. A quantile is interpolated within its bucket, as Prometheus does. Used by one thread.
/// </summary>
internal sealed class Buckets
{
    // Counts that fall by less than this share came so from rounding.
    private const double Tolerance = 1e-12;

    private readonly List<(double Bound, double Count)> _all = [];

    /// <summary>How many there are.</summary>
    public int Count => _all.Count;

    /// <summary>True where counts fell from one bucket to the next by more than rounding, and were lifted.</summary>
    public bool WasLifted { get; private set; }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _all.Clear();
        WasLifted = false;
    }

    /// <summary>Adds a bucket.</summary>
    public void Add(double bound, double count) => _all.Add((bound, count));

    /// <summary>A quantile.</summary>
    public double Quantile(double quantile)
    {
        if (double.IsNaN(quantile)) return double.NaN;
        if (quantile < 0) return double.NegativeInfinity;
        if (quantile > 1) return double.PositiveInfinity;
        if (_all.Count == 0) return double.NaN;
        _all.Sort(static (a, b) => a.Bound.CompareTo(b.Bound));
        if (!double.IsPositiveInfinity(_all[^1].Bound)) return double.NaN;
        Coalesce();
        Lift();
        if (_all.Count < 2) return double.NaN;
        var observations = _all[^1].Count;
        if (observations == 0 || double.IsNaN(observations)) return double.NaN;
        var rank = quantile * observations;
        var place = 0;
        while (place < _all.Count - 1 && !(_all[place].Count >= rank)) place++;
        if (place == _all.Count - 1) return _all[^2].Bound;
        var (end, count) = _all[place];
        if (place == 0 && end <= 0) return end;
        var start = 0.0;
        if (place > 0)
        {
            start = _all[place - 1].Bound;
            count -= _all[place - 1].Count;
            rank -= _all[place - 1].Count;
        }

        return start + ((end - start) * (rank / count));
    }

    // Bounds that were written differently, as 1 and 1.0, are one.
    private void Coalesce()
    {
        var kept = 0;
        for (var i = 1; i < _all.Count; i++)
        {
            if (_all[i].Bound == _all[kept].Bound) _all[kept] = (_all[kept].Bound, _all[kept].Count + _all[i].Count);
            else _all[++kept] = _all[i];
        }

        _all.RemoveRange(kept + 1, _all.Count - kept - 1);
    }

    private void Lift()
    {
        var previous = _all[0].Count;
        for (var i = 1; i < _all.Count; i++)
        {
            var (bound, count) = _all[i];
            if (count == previous) continue;
            if (IsRounding(count, previous)) _all[i] = (bound, previous);
            else if (count < previous)
            {
                _all[i] = (bound, previous);
                WasLifted = true;
            }
            else previous = count;
        }
    }

    private static bool IsRounding(double a, double b) => Math.Abs(a - b) / (Math.Abs(a) + Math.Abs(b)) < Tolerance;
}
