namespace LiveDash.Core.Windows;

/// <summary>
/// The mean of a window weighted by 2^(-age / half-life), by the same two stacks as <see cref="TwoStacks"/>: a run of points is its weighted
/// sum and its weight as seen from its last point, and two runs join by letting the older one decay. One power a point on the way in and one
/// on the way out, amortised; a rebuild costs a power a point of the window.
/// </summary>
internal sealed class DecayStacks(PointLog log, double halfLife)
{
    private (double Sum, double Weight)[] _suffix = [];
    private (double Sum, double Weight) _back;
    private readonly (double Sum, double Weight)[] _scratch = new (double, double)[Leaf.Capacity];
    private long _front;
    private long _mid;
    private long _backLeaf;
    private int _backOffset;
    private long _backTime;
    private long _scratchLeaf = -1;
    private int _epoch = -1;

    /// <summary>The weighted mean of the points from <paramref name="head"/> on; at least one.</summary>
    public double Mean(LogPlace head)
    {
        if (head.Leaf == log.OpenLeaf) return Value(Suffixes(log.Open, head.Offset, default, 0));
        if (_epoch != log.Epoch || head.Leaf < _front || head.Leaf >= _mid) Rebuild(head);
        TakeNew();
        if (_scratchLeaf != head.Leaf)
        {
            var behind = head.Leaf + 1 < _mid;
            Suffixes(log[head.Leaf], 0, behind ? _suffix[(int)(head.Leaf + 1 - _front)] : default, behind ? log[_mid - 1].LastTime : 0);
            _scratchLeaf = head.Leaf;
        }

        var front = _scratch[head.Offset];
        if (_back.Weight == 0) return Value(front);
        var decay = Decay(_backTime - log[_mid - 1].LastTime);
        return Value(((front.Sum * decay) + _back.Sum, (front.Weight * decay) + _back.Weight));
    }

    private double Value((double Sum, double Weight) run) => WindowFigures.Finite(run.Sum / run.Weight / log.Scale);

    private double Decay(long ticks) => ticks == 0 ? 1 : double.Exp2(-ticks * LeafMath.SecondsPerTick / halfLife);

    private void TakeNew()
    {
        for (; _backLeaf <= log.OpenLeaf; _backLeaf++, _backOffset = 0)
        {
            var leaf = log[_backLeaf];
            for (; _backOffset < leaf.Count; _backOffset++)
            {
                var time = leaf.Times[_backOffset];
                var decay = _back.Weight == 0 ? 0 : Decay(time - _backTime);
                _back = ((_back.Sum * decay) + (leaf.Values[_backOffset] * log.Scale), (_back.Weight * decay) + 1);
                _backTime = time;
            }

            if (_backLeaf == log.OpenLeaf) return;
        }
    }

    private void Rebuild(LogPlace head)
    {
        _epoch = log.Epoch;
        _front = head.Leaf;
        _mid = _backLeaf = log.OpenLeaf;
        _backOffset = 0;
        _back = default;
        _scratchLeaf = -1;
        var leaves = (int)(_mid - _front);
        if (_suffix.Length < leaves) _suffix = new (double, double)[leaves + (leaves / 4)];
        (double Sum, double Weight) run = default;
        var seenFrom = log[_mid - 1].LastTime;
        for (var i = _mid - 1; i > _front; i--)
        {
            run = Suffixes(log[i], 0, run, i + 1 < _mid ? seenFrom : 0);
            _suffix[(int)(i - _front)] = run;
        }
    }

    // Each suffix of a leaf joined to the run behind it, all as seen from that run's last point, or the leaf's where there is none.
    private (double Sum, double Weight) Suffixes(Leaf leaf, int from, (double Sum, double Weight) behind, long seenFrom)
    {
        var since = behind.Weight > 0 ? seenFrom : leaf.LastTime;
        for (var i = leaf.Count - 1; i >= from; i--)
        {
            var weight = Decay(since - leaf.Times[i]);
            behind = (behind.Sum + (leaf.Values[i] * log.Scale * weight), behind.Weight + weight);
            _scratch[i] = behind;
        }

        return behind;
    }
}
