using System.Runtime.CompilerServices;

namespace LiveDash.Core.Windows;

/// <summary>
/// Where in the log a window starts: moved forward as points come and time passes, found anew where the log changed behind it or time
/// stepped back. The oldest point that counts is a function of the log's points and now alone.
/// </summary>
internal sealed class WindowStart(PointLog log, WindowSpec spec, int maxPoints)
{
    private readonly WindowKind _kind = spec.Kind;
    private readonly long _size = spec.Size.Ticks;
    private readonly long _hop = spec.Hop.Ticks;
    private readonly int _most = spec.Kind == WindowKind.Count ? spec.Points : maxPoints;
    private Leaf _first = log.Open;
    private long _leaf;
    private int _offset;
    private int _inLog;
    private long _taken = -1;
    private int _epoch = -1;
    private long _after = long.MaxValue;
    private long _bucket = long.MaxValue;
    private long _lastTime = long.MinValue;

    public LogPlace Head => new(_leaf, _offset);

    /// <summary>How many points count.</summary>
    public int Count { get; private set; }

    /// <summary>How many points from <see cref="Head"/> on are in the log: all that count, unless time has closed a session.</summary>
    public int InLog => _inLog;

    /// <summary>Goes up whenever the start was found anew instead of moved forward.</summary>
    public int Relocations { get; private set; }

    public long Truncated { get; private set; }

    public bool IsFull => _kind switch
    {
        WindowKind.Count => Count == _most,
        WindowKind.Session => Count > 0,
        WindowKind.Time => log.KnownSince <= After(),
        _ => log.KnownSince <= After() + 1,
    };

    /// <summary>Brings the start to where the log and now put it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Follow()
    {
        if (_epoch != log.Epoch || !TryStep()) FollowAnyhow();
    }

    /// <summary>
    /// The usual step, where the log's epoch is that of the last time: no point leaves or some of the oldest leaf do, but not all, so the
    /// start stays in its leaf. False where it is not so simple; then nothing has changed.
    /// </summary>
    public bool TryStep()
    {
        var taken = log.Taken;
        var inLog = _inLog + (int)(taken - _taken);
        if (_kind == WindowKind.Count)
        {
            var place = _offset + Math.Max(0, inLog - _most);
            if (place >= _first.Count) return false;
            _taken = taken;
            _offset = place;
            Count = _inLog = Math.Min(inLog, _most);
            return true;
        }

        if (inLog > _most || _offset >= _first.Count) return false;
        return _kind == WindowKind.Time ? TryStepTime(taken, inLog)
            : _kind == WindowKind.Session ? TryStepSession(taken, inLog)
            : TryStepBucket(taken, inLog);
    }

    private bool TryStepTime(long taken, int inLog)
    {
        var after = log.Now - _size;
        if (after < _after || _first.LastTime <= after) return false;
        var offset = _offset;
        var times = _first.Times;
        while (times[offset] <= after) offset++;
        _inLog = Count = inLog - (offset - _offset);
        _offset = offset;
        _taken = taken;
        _after = after;
        return true;
    }

    // The bucket that holds now has the same start as long as now is before the next one.
    private bool TryStepBucket(long taken, int inLog)
    {
        var into = log.Now - _bucket;
        if (into < 0 || into >= _hop) return false;
        _inLog = Count = inLog;
        _taken = taken;
        return true;
    }

    private bool TryStepSession(long taken, int inLog)
    {
        var fresh = (int)(taken - _taken);
        if (fresh > log.Open.Count || log.Now - log.MaxEvent > _size) return false;
        var last = _lastTime;
        for (var i = log.Open.Count - fresh; i < log.Open.Count; i++)
        {
            if (log.Open.Times[i] - last > _size) return false;
            last = log.Open.Times[i];
        }

        _lastTime = last;
        _inLog = Count = inLog;
        _taken = taken;
        return true;
    }

    /// <summary>The short way from here on; none for sessions, nor for a count window that is not full yet and so loses no point with each that comes.</summary>
    public WindowLane Lane()
    {
        if (_kind == WindowKind.Session || _inLog != Count) return WindowLane.None;
        if (_kind == WindowKind.Count) return Count == _most ? WindowLane.ByCount(log, _first, _offset, Count) : WindowLane.None;
        var (until, span) = _kind == WindowKind.Time ? (_first.LastTime + _size, _size) : (_bucket + _hop, long.MaxValue);
        return WindowLane.ByTime(log, _first, _offset, Count, _most, log.Now, until, span);
    }

    private void FollowAnyhow()
    {
        var after = After();
        if (_epoch != log.Epoch || after < _after) Locate(after);
        else if (_kind == WindowKind.Session) FollowSession();
        else Advance(after);
        _after = after;
        // Of the hop that now is in; a time that has not begun has none.
        _bucket = _hop > 0 && log.Now >= 0 ? log.Now - (log.Now % _hop) : long.MaxValue;
        _taken = log.Taken;
        _first = log[_leaf];
        Count = _kind == WindowKind.Session && log.Now - log.MaxEvent > _size ? 0 : _inLog;
    }

    /// <summary>The oldest leaf that may still be asked for; call <see cref="Follow"/> first.</summary>
    public long FirstLeafNeeded()
    {
        if (_kind != WindowKind.Session || _inLog == 0) return _leaf;
        var place = new LogPlace(_leaf, _offset);
        var since = log.MaxEvent - log.Lateness - _size;
        while (TryBefore(place, out var last) && log[last.Leaf].Times[last.Offset] >= since) place = SessionStart(last);
        return place.Leaf;
    }

    // The exclusive lower border; points are never newer than now.
    private long After()
    {
        var now = log.Now;
        if (now < 0) return long.MinValue;
        return _kind switch
        {
            WindowKind.Time => now - _size,
            WindowKind.Tumbling => now - (now % _size) - 1,
            WindowKind.Hopping => now - (now % spec.Hop.Ticks) + spec.Hop.Ticks - _size - 1,
            _ => long.MinValue,
        };
    }

    private void Advance(long after)
    {
        _inLog += (int)(log.Taken - _taken);
        if (_inLog > _most)
        {
            if (_kind != WindowKind.Count) Truncated += _inLog - _most;
            Skip(_inLog - _most);
        }

        if (_kind != WindowKind.Count) SkipUntil(after);
        if (_leaf < log.OpenLeaf && _offset == log[_leaf].Count) Next();
    }

    private void Next()
    {
        _leaf++;
        _offset = 0;
    }

    private void Skip(int points)
    {
        _inLog -= points;
        while (true)
        {
            var here = log[_leaf].Count - _offset;
            if (points < here || _leaf == log.OpenLeaf)
            {
                _offset += points;
                return;
            }

            points -= here;
            Next();
        }
    }

    private void SkipUntil(long after)
    {
        while (_inLog > 0)
        {
            var leaf = log[_leaf];
            if (_offset == leaf.Count)
            {
                Next();
                continue;
            }

            if (leaf.Times[_offset] > after) return;
            if (leaf.LastTime <= after)
            {
                _inLog -= leaf.Count - _offset;
                _offset = leaf.Count;
                continue;
            }

            var times = leaf.TimesFrom(_offset + 1);
            var more = times.Length > 4 && times[3] <= after ? FirstAfter(times, after) : 0;
            while (times[more] <= after) more++;
            _offset += more + 1;
            _inLog -= more + 1;
            return;
        }
    }

    // The times rise and the last of them is after.
    private static int FirstAfter(ReadOnlySpan<long> times, long after)
    {
        var (low, high) = (0, times.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (times[middle] > after) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    // From the newest point back by whole leaves, then within the leaf where the start lies.
    private void Locate(long after)
    {
        _epoch = log.Epoch;
        Relocations++;
        if (_kind == WindowKind.Session)
        {
            LocateSession();
            return;
        }

        _leaf = log.OpenLeaf;
        _offset = 0;
        _inLog = log.Open.Count;
        while (_leaf > log.FirstLeaf && _inLog < _most && log[_leaf - 1].LastTime > after)
        {
            var whole = _leaf - LeafGroup.Leaves;
            if (_leaf % LeafGroup.Leaves == 0 && whole >= log.FirstLeaf && log[whole].FirstTime > after)
            {
                _leaf = whole;
                _inLog += log.Groups[whole / LeafGroup.Leaves].Count;
                continue;
            }

            _leaf--;
            _inLog += log[_leaf].Count;
        }

        if (_inLog > _most) Skip(_inLog - _most);
        if (_kind != WindowKind.Count) SkipUntil(after);
        if (_leaf < log.OpenLeaf && _offset == log[_leaf].Count) Next();
    }

    private void LocateSession()
    {
        var end = new LogPlace(log.OpenLeaf, log.Open.Count);
        var start = TryBefore(end, out var last) ? SessionStart(last) : end;
        (_leaf, _offset) = (start.Leaf, start.Offset);
        _inLog = -_offset;
        for (var i = _leaf; i <= log.OpenLeaf; i++) _inLog += log[i].Count;
        if (_inLog > _most) Skip(_inLog - _most);
        _lastTime = log.MaxEvent;
    }

    private void FollowSession()
    {
        var fresh = (int)(log.Taken - _taken);
        if (fresh == 0) return;
        if (fresh > log.Open.Count)
        {
            Relocations++;
            LocateSession();
            return;
        }

        for (var i = log.Open.Count - fresh; i < log.Open.Count; i++)
        {
            var time = log.Open.Times[i];
            if (time - _lastTime > _size && _lastTime >= 0)
            {
                (_leaf, _offset, _inLog) = (log.OpenLeaf, i, 0);
            }

            _inLog++;
            _lastTime = time;
        }

        if (_inLog > _most)
        {
            Truncated += _inLog - _most;
            Skip(_inLog - _most);
        }

        if (_leaf < log.OpenLeaf && _offset == log[_leaf].Count) Next();
    }

    /// <summary>The place of the point before a place; false at the log's start.</summary>
    public bool TryBefore(LogPlace place, out LogPlace before)
    {
        before = place.Offset > 0 ? new(place.Leaf, place.Offset - 1)
            : place.Leaf > log.FirstLeaf ? new(place.Leaf - 1, log[place.Leaf - 1].Count - 1)
            : default;
        return place.Offset > 0 || place.Leaf > log.FirstLeaf;
    }

    private LogPlace SessionStart(LogPlace place)
    {
        var time = log[place.Leaf].Times[place.Offset];
        while (TryBefore(place, out var before))
        {
            var leaf = log[before.Leaf];
            if (time - leaf.Times[before.Offset] > _size) break;
            place = before;
            time = leaf.Times[before.Offset];
            if (time - leaf.FirstTime <= _size)
            {
                place = new(before.Leaf, 0);
                time = leaf.FirstTime;
            }
        }

        return place;
    }
}
