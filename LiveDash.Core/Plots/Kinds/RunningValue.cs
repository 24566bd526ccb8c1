namespace LiveDash.Core.Plots.Kinds;

/// <summary>What any aggregate of a bucket, bar or cell is computed from.</summary>
internal struct RunningValue
{
    /// <summary>How many values there are.</summary>
    internal long Count;

    private double _sum;
    private double _min;
    private double _max;

    /// <summary>Adds a value.</summary>
    internal void Add(double value)
    {
        _min = Count == 0 ? value : Math.Min(_min, value);
        _max = Count == 0 ? value : Math.Max(_max, value);
        _sum += value;
        Count++;
    }

    /// <summary>The aggregate; NaN for no values, but for a count and a sum, which are then 0.</summary>
    internal readonly double Get(PlotAggregate aggregate) => aggregate switch
    {
        PlotAggregate.Count => Count,
        PlotAggregate.Sum => _sum,
        _ when Count == 0 => double.NaN,
        PlotAggregate.Min => _min,
        PlotAggregate.Max => _max,
        _ => _sum / Count,
    };
}
