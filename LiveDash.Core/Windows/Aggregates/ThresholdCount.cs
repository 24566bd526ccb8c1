namespace LiveDash.Core.Windows.Aggregates;

/// <summary>How many values lie beyond a threshold, the threshold itself excluded.</summary>
internal sealed class ThresholdCount(double threshold, bool above) : PointTracker
{
    /// <summary>How many lie beyond.</summary>
    public int Count { get; private set; }

    public override void Add(double value) => Count += Hit(value);

    public override void Remove(double value) => Count -= Hit(value);

    public override void Reset() => Count = 0;

    private int Hit(double value) => (above ? value > threshold : value < threshold) ? 1 : 0;
}
