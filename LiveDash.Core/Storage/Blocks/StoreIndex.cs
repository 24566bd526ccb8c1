using LiveDash.Core.Model;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// Where every committed point is: sealed block or memory. The writer changes it after each commit; readers take snapshots.
/// All members are thread-safe by one lock that is never held over I/O.
/// </summary>
internal sealed class StoreIndex
{
    // 6 MiB of columns, which is what is sealed at a time.
    private const int MaxPooled = 1 << 18;

    private readonly Lock _gate = new();
    private int _scans;
    // The writer's, which alone appends.
    private readonly SeriesOrder _order = new();
    private readonly ColumnPool _columns = new(MaxPooled);
    private SeriesState?[] _series = new SeriesState?[64];
    private long _points;
    private long _headPoints;
    private long _headCost;
    private long _lastId;

    /// <summary>How many points are kept.</summary>
    public long Points => Interlocked.Read(ref _points);

    /// <summary>How many of them are in memory only as log rows.</summary>
    public long HeadPoints => Interlocked.Read(ref _headPoints);

    /// <summary>The memory that they take, in points without a sender's id: one with an id takes as much as five, since <see cref="SenderGuard"/> knows it too.</summary>
    public long HeadCost => Interlocked.Read(ref _headCost);

    /// <summary>The id of the newest committed point; 0 when there was none yet.</summary>
    public long LastId => Interlocked.Read(ref _lastId);

    /// <summary>Forgets everything, when another file is opened.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _series = new SeriesState?[64];
            _points = _headPoints = _headCost = _lastId = 0;
            _columns.Clear();
        }
    }

    /// <summary>To be held while the views of a <see cref="Snapshot"/> are read: what is sealed meanwhile is not used again. One that is never disposed of costs memory, and nothing else.</summary>
    public IDisposable BeginScan()
    {
        lock (_gate) _scans++;
        return new OpenScan(this);
    }

    /// <summary>Sets the id of the newest point that ever was, which may be deleted since.</summary>
    public void RaiseLastId(long id)
    {
        lock (_gate) _lastId = Math.Max(_lastId, id);
    }

    /// <summary>Adds a commit's points; ids ascend by one from the first.</summary>
    public void Append(PointGroup group, long firstId)
    {
        _order.Sort(group.Series.AsSpan(0, group.Count));
        lock (_gate)
        {
            foreach (var (series, from, to) in _order.Runs)
            {
                var places = _order.Places[from..to];
                var state = State_NeedsLock(series);
                var cost = state.Head?.Cost ?? 0;
                (state.Head ??= _columns.Rent(Math.Max(places.Length, state.LastHead))).Add(group, places, firstId);
                state.Note(state.Head, places.Length);
                _headCost += state.Head.Cost - cost;
            }

            _lastId = Math.Max(_lastId, firstId + group.Count - 1);
            _points += group.Count;
            _headPoints += group.Count;
        }
    }

    /// <summary>Some series as they are now, all of one moment, and the newest id of that moment.</summary>
    public List<SeriesSnapshot> Snapshot(IReadOnlyList<int> series, out long lastId)
    {
        var result = new List<SeriesSnapshot>(series.Count);
        lock (_gate)
        {
            lastId = _lastId;
            foreach (var one in series)
            {
                if (one >= 0 && one < _series.Length && _series[one] is { Count: > 0 } state)
                {
                    result.Add(new SeriesSnapshot(one, state.Blocks, state.Head?.View));
                }
            }
        }

        return result;
    }

    /// <summary>Every series that has points in memory, all of one moment, and the newest id of that moment.</summary>
    public List<SeriesSnapshot> SnapshotHeads(out long lastId)
    {
        var result = new List<SeriesSnapshot>();
        lock (_gate)
        {
            lastId = _lastId;
            for (var i = 0; i < _series.Length; i++)
            {
                if (_series[i] is { Head: { } head } state) result.Add(new SeriesSnapshot(i, state.Blocks, head.View));
            }
        }

        return result;
    }

    /// <summary>Every series' sealed blocks.</summary>
    public List<SeriesSnapshot> SnapshotBlocks()
    {
        var result = new List<SeriesSnapshot>();
        lock (_gate)
        {
            for (var i = 0; i < _series.Length; i++)
            {
                if (_series[i] is { Blocks.Length: > 0 } state) result.Add(new SeriesSnapshot(i, state.Blocks, null));
            }
        }

        return result;
    }

    /// <summary>Puts sealed blocks in the place of points in memory and of the blocks that were merged into them.</summary>
    public void Replace(IReadOnlyList<SealedSeries> changes)
    {
        lock (_gate)
        {
            foreach (var change in changes)
            {
                var state = _series[change.Series]!;
                state.Blocks = [.. state.Blocks.AsSpan(0, state.Blocks.Length - change.Merged.Count), .. change.Blocks];
                state.LastHead = Math.Min(state.Head!.Count, SeriesState.MostExpected);
                var sealedHead = state.Head;
                _headCost -= sealedHead.Cost;
                state.Head = sealedHead.Rest(change.HeadPoints, _columns, state.LastHead);
                _headCost += state.Head?.Cost ?? 0;
                // Who begins to read from now on does not come to see it.
                if (_scans == 0) _columns.Return(sealedHead);
                _headPoints -= change.HeadPoints;
            }
        }
    }

    /// <summary>Puts blocks in the place of others, wherever those stand: points were deleted.</summary>
    public void Exchange(SealedSeries change)
    {
        var gone = change.Merged.Select(static block => block.Id).ToHashSet();
        lock (_gate)
        {
            var state = _series[change.Series]!;
            _points += change.Blocks.Sum(static block => (long)block.Points) - change.Merged.Sum(static block => (long)block.Points);
            // Summaries first: a seal merges with the newest, which they are not.
            var made = change.Blocks.ToLookup(static block => block.Step > 0);
            state.Blocks = [.. made[true], .. state.Blocks.Where(block => !gone.Contains(block.Id)), .. made[false]];
            state.Recount();
        }
    }

    /// <summary>Puts blocks in the place of others that hold the same points, but for their values.</summary>
    public void Rewrite(IReadOnlyList<(int Series, BlockHeader Old, BlockHeader New)> changes)
    {
        lock (_gate)
        {
            foreach (var (series, old, made) in changes)
            {
                var state = _series[series]!;
                state.Blocks = Array.ConvertAll(state.Blocks, block => block.Id == old.Id ? made : block);
            }
        }
    }

    /// <summary>Adds blocks found at open, in the order they were made.</summary>
    public void AddBlocks(int series, List<BlockHeader> blocks)
    {
        lock (_gate)
        {
            var state = State_NeedsLock(series);
            state.Blocks = [.. state.Blocks, .. blocks];
            state.Recount();
            foreach (var block in blocks)
            {
                _points += block.Points;
                _lastId = Math.Max(_lastId, block.MaxId);
            }
        }
    }

    /// <summary>Takes blocks away.</summary>
    public void Remove(int series, IReadOnlySet<long> blocks)
    {
        lock (_gate)
        {
            var state = _series[series]!;
            foreach (var block in state.Blocks)
            {
                if (blocks.Contains(block.Id)) _points -= block.Points;
            }

            state.Blocks = Array.FindAll(state.Blocks, block => !blocks.Contains(block.Id));
            state.Recount();
        }
    }

    /// <summary>The sealed blocks of a series with senders' ids that cover a time.</summary>
    public void SentBlocksAt(int series, long ticks, List<BlockHeader> found)
    {
        lock (_gate)
        {
            if (series >= _series.Length || _series[series] is not { } state || ticks > state.Last) return;
            foreach (var block in state.Blocks)
            {
                if (block.HasSenders && block.MinTime <= ticks && ticks <= block.MaxTime) found.Add(block);
            }
        }
    }

    /// <summary>Count, first and last of every series that has points.</summary>
    public IReadOnlyList<SeriesStats> Stats()
    {
        var result = new List<SeriesStats>();
        lock (_gate)
        {
            for (var i = 0; i < _series.Length; i++)
            {
                if (_series[i] is { Count: > 0 } state) result.Add(new SeriesStats(i, state.Count, state.First, state.Last));
            }
        }

        return result;
    }

    /// <summary>The same of one series; null where it has no points.</summary>
    public SeriesStats? FindStats(int series)
    {
        lock (_gate)
        {
            return series >= 0 && series < _series.Length && _series[series] is { Count: > 0 } state
                ? new SeriesStats(series, state.Count, state.First, state.Last)
                : null;
        }
    }

    /// <summary>The coarsest and the latest of the summaries of a series within a range; null where there are none.</summary>
    public StoredSummaries? FindSummaries(int series, TimeRange range)
    {
        BlockHeader[] blocks;
        lock (_gate)
        {
            if (series < 0 || series >= _series.Length || _series[series] is not { } state) return null;
            blocks = state.Blocks;
        }

        long step = 0, until = 0;
        foreach (var block in blocks)
        {
            if (block.Step == 0 || block.MinTime >= range.To || block.MaxTime < range.From) continue;
            (step, until) = (Math.Max(step, block.Step), Math.Max(until, block.MaxTime));
        }

        return step == 0 ? null : new(TimeSpan.FromTicks(step), until);
    }

    private SeriesState State_NeedsLock(int series)
    {
        if (series >= _series.Length) Array.Resize(ref _series, Math.Max(series + 1, _series.Length * 2));
        return _series[series] ??= new SeriesState();
    }

    private void EndScan()
    {
        lock (_gate) _scans--;
    }

    private sealed class OpenScan(StoreIndex index) : IDisposable
    {
        private StoreIndex? _index = index;

        public void Dispose() => Interlocked.Exchange(ref _index, null)?.EndScan();
    }
}
