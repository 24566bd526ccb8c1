namespace LiveDash.Core.Windows;

/// <summary>
/// The front stack of a window's decayed sums. A run is its weighted sum and its weight as seen from its last point; what a leaf and a group amount to does
/// not hang on where the window starts, so it is kept from when it came in, at 16 bytes a leaf, until points are put in between.
/// </summary>
internal sealed class FrontDecays(PointLog log, double halfLife) : SuffixSums<DecayedRun>
{
    private readonly RunRing _leaves = new();
    private readonly RunRing _groups = new();
    private int _epoch = -1;

    /// <summary>The weight of a point so many ticks later.</summary>
    public double Decay(long ticks) => ticks == 0 ? 1 : double.Exp2(-ticks * LeafMath.SecondsPerTick / halfLife);

    /// <summary>What the points of a leaf from a place on amount to.</summary>
    public DecayedRun Slice(Leaf leaf, int from)
    {
        var run = default(DecayedRun);
        var last = leaf.LastTime;
        for (var i = leaf.Count - 1; i >= from; i--) run = run.With(leaf.Values[i] * log.Scale, Decay(last - leaf.Times[i]));
        return run;
    }

    /// <summary>Keeps what a leaf amounts to, which has just become full; and its group, if it was the last of it.</summary>
    public void Keep(long number, in DecayedRun run)
    {
        StartAgainIfChanged();
        _leaves.Put(number, run, log.OpenLeaf - log.FirstLeaf);
        if (number % LeafGroup.Leaves == LeafGroup.Leaves - 1 && number + 1 - LeafGroup.Leaves >= log.FirstLeaf) OfGroup(number / LeafGroup.Leaves);
    }

    protected override DecayedRun OfLeaf(long number)
    {
        StartAgainIfChanged();
        if (_leaves.TryGet(number, out var run)) return run;
        run = Slice(log[number], 0);
        _leaves.Put(number, run, log.OpenLeaf - log.FirstLeaf);
        return run;
    }

    protected override DecayedRun OfGroup(long number)
    {
        StartAgainIfChanged();
        if (_groups.TryGet(number, out var run)) return run;
        var first = number * LeafGroup.Leaves;
        var end = log[first + LeafGroup.Leaves - 1].LastTime;
        for (var i = first; i < first + LeafGroup.Leaves; i++) run = run.Plus(OfLeaf(i).Decayed(Decay(end - log[i].LastTime)));
        _groups.Put(number, run, (log.OpenLeaf - log.FirstLeaf) / LeafGroup.Leaves);
        return run;
    }

    protected override DecayedRun Join(in DecayedRun run, in DecayedRun rest, long next) =>
        run.Decayed(Decay(log[End - 1].LastTime - log[next - 1].LastTime)).Plus(rest);

    private void StartAgainIfChanged()
    {
        if (_epoch == log.Epoch) return;
        _epoch = log.Epoch;
        _leaves.Clear();
        _groups.Clear();
    }
}
