using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Folds;

namespace LiveDash.Core.Query.Live;

/// <summary>A fold of one series, with the points that wait for a moment that is not before them: until it is asked, and those ahead of the clock. Bounded by whoever keeps it. Used by one thread.</summary>
internal sealed class LiveFold(LabelSet labels, SeriesFold fold)
{
    private const int Most = 4_096;

    private readonly List<LiveArrival> _waiting = [];
    private int _most = Most;
    private long[] _times = [];
    private double[] _values = [];
    private double[] _x = [];
    private double[] _y = [];

    /// <summary>The series' labels.</summary>
    public LabelSet Labels => labels;

    /// <summary>What it needs before its first moment.</summary>
    public FoldReach Reach => fold.Reach;

    /// <summary>How many points it holds.</summary>
    public long Held => fold.Held + _waiting.Count;

    /// <summary>Takes a point; where many wait, those go on for which no moment comes any more that is before them.</summary>
    public void Take(in LiveArrival point, long reached)
    {
        _waiting.Add(point);
        if (_waiting.Count < _most) return;
        Feed(reached);
        _most = Math.Max(Most, 2 * _waiting.Count);
    }

    /// <summary>What it says at a moment.</summary>
    public FoldValue At(long ticks)
    {
        if (_waiting.Count > 0) Feed(ticks);
        return fold.At(ticks);
    }

    /// <summary>Lets those go on for which no moment comes any more that is before them. How many points it holds then.</summary>
    public long Compact(long reached)
    {
        if (_waiting.Count > 0) Feed(reached);
        return Held;
    }

    /// <summary>Lets it go on to a moment without asking it. How many points it holds then.</summary>
    public long AdvanceTo(long ticks)
    {
        if (_waiting.Count > 0) Feed(ticks);
        fold.AdvanceTo(ticks);
        return Held;
    }

    // In the order of their times, of those with one time in that of their arrival.
    private void Feed(long ticks)
    {
        var due = 0;
        foreach (var one in _waiting) due += one.Time <= ticks ? 1 : 0;
        if (due == 0) return;
        if (_times.Length < due) (_times, _values, _x, _y) = (new long[due], new double[due], new double[due], new double[due]);
        var next = 0;
        foreach (var one in _waiting.Where(one => one.Time <= ticks).OrderBy(static one => one.Time))
        {
            (_times[next], _values[next], _x[next], _y[next]) = (one.Time, one.Value, one.X, one.Y);
            next++;
        }

        _waiting.RemoveAll(one => one.Time <= ticks);
        fold.Take(new PlacedPoints(_times.AsMemory(0, due), _values.AsMemory(0, due), _x.AsMemory(0, due), _y.AsMemory(0, due)));
    }
}
