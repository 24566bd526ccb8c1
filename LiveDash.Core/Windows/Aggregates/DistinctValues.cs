namespace LiveDash.Core.Windows.Aggregates;

/// <summary>How often each value is in the window.</summary>
internal sealed class DistinctValues : PointTracker
{
    private readonly Dictionary<double, int> _times = [];

    /// <summary>How many different values are in.</summary>
    public int Count => _times.Count;

    public override void Add(double value)
    {
        ref var times = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_times, value, out _);
        times++;
    }

    public override void Remove(double value)
    {
        ref var times = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrNullRef(_times, value);
        if (--times == 0) _times.Remove(value);
    }

    public override void Reset() => _times.Clear();
}
