using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Query.Folds;

/// <summary>What is asked of the newest point of a series, however old it is. Used by one thread.</summary>
/// <param name="judge">What it says: by the moment, and the time and value of the newest point.</param>
internal sealed class NewestFold(Func<long, long, double, FoldValue> judge) : SeriesFold
{
    private long _time = long.MinValue;
    private double _value;

    /// <inheritdoc/>
    public override FoldReach Reach => new(0, 1);

    /// <inheritdoc/>
    public override long Held => _time == long.MinValue ? 0 : 1;

    /// <inheritdoc/>
    public override void Take(in PlacedPoints points)
    {
        var times = points.Times.Span;
        var values = points.Values.Span;
        for (var i = 0; i < values.Length; i++)
        {
            if (times[i] >= _time) (_time, _value) = (times[i], values[i]);
        }
    }

    /// <inheritdoc/>
    public override FoldValue At(long ticks) => _time == long.MinValue ? new(Absence.Mark, false) : judge(ticks, _time, _value);
}
