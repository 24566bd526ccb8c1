using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Windows;

/// <summary>
/// Tells a window's <see cref="PointTracker"/>s which points came and which left since they were last up to date. It catches up when asked
/// and before the log drops leaves; where a point was put in between, that one alone is told.
/// </summary>
internal sealed class TrackedPoints(PointLog log, WindowStart start)
{
    // What nobody asked for during this many points is given up, unless it was declared.
    private const int Patience = 100_000;

    private readonly List<PointTracker> _trackers = [];
    private LogPlace _head;
    private LogPlace _tail;
    private int _relocations = -1;
    private int _countBefore;

    /// <summary>True when there is nothing to keep up to date.</summary>
    public bool IsIdle => _trackers.Count == 0;

    private LogPlace End => new(log.OpenLeaf, log.Open.Count);

    /// <summary>Takes a tracker up and fills it with the points that count now.</summary>
    public void Track(PointTracker tracker)
    {
        CatchUp();
        tracker.Reset();
        AddEach(_head = start.Head, _tail = End, tracker);
        _relocations = start.Relocations;
        tracker.AskedAt = log.Taken;
        _trackers.Add(tracker);
    }

    /// <summary>Drops a tracker.</summary>
    public void Forget(PointTracker tracker) => _trackers.Remove(tracker);

    /// <summary>True when the tracker has not been asked for a long time.</summary>
    public bool IsForgotten(PointTracker tracker) => log.Taken - tracker.AskedAt > Math.Max(Patience, 4L * start.Count);

    /// <summary>Brings all trackers up to date; the window's start has followed the log.</summary>
    public void CatchUp()
    {
        if (_trackers.Count == 0) return;
        var same = _relocations == start.Relocations;
        if (same && _tail.Offset == log.Open.Count && _tail.Leaf == log.OpenLeaf && _head == start.Head) return;
        if (!same)
        {
            foreach (var tracker in _trackers) Refill(tracker);
        }
        else
        {
            foreach (var tracker in _trackers)
            {
                AddEach(_tail, End, tracker);
                RemoveEach(_head, start.Head, tracker);
            }
        }

        Settle();
    }

    /// <summary>Before a point is put in between.</summary>
    public void BeforeInsert()
    {
        CatchUp();
        _countBefore = start.InLog;
    }

    /// <summary>After a point was put in between and the start has followed: it may have come in, and pushed out the oldest.</summary>
    public void AfterInsert(LogPlace place, double value)
    {
        if (_trackers.Count == 0) return;
        var came = place.Leaf > start.Head.Leaf || (place.Leaf == start.Head.Leaf && place.Offset >= start.Head.Offset);
        var left = _countBefore + (came ? 1 : 0) - start.InLog;
        if (left is < 0 or > 1)
        {
            _relocations = -1;
            return;
        }

        foreach (var tracker in _trackers)
        {
            if (tracker.NeedsOrder)
            {
                Refill(tracker);
                continue;
            }

            if (came) tracker.Add(value);
            if (left == 1 && start.TryBefore(start.Head, out var gone)) tracker.Remove(log[gone.Leaf].Values[gone.Offset]);
        }

        Settle();
    }

    private void Settle()
    {
        _head = start.Head;
        _tail = End;
        _relocations = start.Relocations;
    }

    private void Refill(PointTracker tracker)
    {
        tracker.Reset();
        AddEach(start.Head, End, tracker);
    }

    private void AddEach(LogPlace from, LogPlace to, PointTracker tracker)
    {
        for (var (number, offset) = (from.Leaf, from.Offset); number <= to.Leaf; number++, offset = 0)
        {
            foreach (var value in Values(number, offset, to)) tracker.Add(value);
        }
    }

    private void RemoveEach(LogPlace from, LogPlace to, PointTracker tracker)
    {
        for (var (number, offset) = (from.Leaf, from.Offset); number <= to.Leaf; number++, offset = 0)
        {
            foreach (var value in Values(number, offset, to)) tracker.Remove(value);
        }
    }

    private ReadOnlySpan<double> Values(long number, int offset, LogPlace to)
    {
        var leaf = log[number];
        return leaf.Values.AsSpan(offset, (number == to.Leaf ? to.Offset : leaf.Count) - offset);
    }
}
