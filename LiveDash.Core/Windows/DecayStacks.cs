namespace LiveDash.Core.Windows;

/// <summary>
/// The mean of a window weighted by 2^(-age / half-life), by the same two stacks as <see cref="TwoStacks"/>: a run of points is its weighted
/// sum and its weight as seen from its last point, and two runs join by letting the older one decay. One power a point on the way in and one
/// on the way out, and one a leaf and a group of leaves for building the front; after a point was put in between, one a point of the window.
/// </summary>
internal sealed class DecayStacks(PointLog log, double halfLife)
{
    private readonly FrontDecays _front = new(log, halfLife);
    private readonly DecayedRun[] _scratch = new DecayedRun[Leaf.Capacity];
    private DecayedRun _back;
    private DecayedRun _leaf;
    private long _first;
    private long _mid;
    private long _backLeaf;
    private int _backOffset;
    private long _backTime;
    private long _scratchLeaf = -1;
    private int _epoch = -1;

    /// <summary>The weighted mean of the points from <paramref name="head"/> on; at least one.</summary>
    public double Mean(LogPlace head)
    {
        if (head.Leaf == log.OpenLeaf) return Value(_front.Slice(log.Open, head.Offset));
        if (_epoch != log.Epoch || head.Leaf < _first || head.Leaf >= _mid) Rebuild(head);
        TakeNew();
        if (_scratchLeaf != head.Leaf) FillScratch(head.Leaf);
        var front = _scratch[head.Offset];
        return Value(_back.Weight == 0 ? front : front.Decayed(_front.Decay(_backTime - log[_mid - 1].LastTime)).Plus(_back));
    }

    private double Value(in DecayedRun run) => WindowFigures.Finite(run.Sum / run.Weight / log.Scale);

    private void TakeNew()
    {
        for (; _backLeaf <= log.OpenLeaf; _backLeaf++, _backOffset = 0)
        {
            var leaf = log[_backLeaf];
            if (_backOffset == 0) _leaf = default;
            for (; _backOffset < leaf.Count; _backOffset++)
            {
                var time = leaf.Times[_backOffset];
                var decay = _back.Weight == 0 ? 0 : _front.Decay(time - _backTime);
                var value = leaf.Values[_backOffset] * log.Scale;
                _back = _back.Decayed(decay).With(value, 1);
                _leaf = _leaf.Decayed(decay).With(value, 1);
                _backTime = time;
            }

            if (_backLeaf == log.OpenLeaf) return;
            _front.Keep(_backLeaf, _leaf);
        }
    }

    private void Rebuild(LogPlace head)
    {
        _epoch = log.Epoch;
        _first = head.Leaf;
        _mid = _backLeaf = log.OpenLeaf;
        _backOffset = 0;
        _back = default;
        _scratchLeaf = -1;
        _front.Build(_first + 1, _mid);
    }

    // Each suffix of the leaf and the front behind it, all as seen from the front's last point.
    private void FillScratch(long number)
    {
        var leaf = log[number];
        var run = number + 1 < _mid ? _front.From(number + 1) : default;
        var seenFrom = log[_mid - 1].LastTime;
        for (var i = leaf.Count - 1; i >= 0; i--) _scratch[i] = run = run.With(leaf.Values[i] * log.Scale, _front.Decay(seenFrom - leaf.Times[i]));
        _scratchLeaf = number;
    }
}
