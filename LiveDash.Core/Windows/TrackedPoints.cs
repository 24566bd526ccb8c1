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
        Each(_head = start.Head, _tail = End, tracker, static (tracker, value) => tracker.Add(value));
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
        if (_relocations != start.Relocations)
        {
            foreach (var tracker in _trackers) Refill(tracker);
        }
        else
        {
            foreach (var tracker in _trackers)
            {
                Each(_tail, End, tracker, static (tracker, value) => tracker.Add(value));
                Each(_head, start.Head, tracker, static (tracker, value) => tracker.Remove(value));
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
        Each(start.Head, End, tracker, static (tracker, value) => tracker.Add(value));
    }

    private void Each(LogPlace from, LogPlace to, PointTracker tracker, Action<PointTracker, double> tell)
    {
        for (var (number, offset) = (from.Leaf, from.Offset); number <= to.Leaf; number++, offset = 0)
        {
            var leaf = log[number];
            var end = number == to.Leaf ? to.Offset : leaf.Count;
            for (var i = offset; i < end; i++) tell(tracker, leaf.Values[i]);
        }
    }
}
