namespace LiveDash.Core.Engine;

/// <summary>
/// The newest point of every series of one shard, by the shard's own numbering. The shard writes; any thread reads without a lock.
/// Rows of two shards never share a cache line. Grows by chunks of 1,024 rows that are never moved; bounded by the number of series.
/// </summary>
internal sealed class SeriesRows
{
    private const int ChunkBits = 10;
    private const int ChunkSize = 1 << ChunkBits;
    private Row[][] _chunks = [];

    /// <summary>Takes in a run of points of one series.</summary>
    /// <param name="local">The series.</param>
    /// <param name="times">Event times.</param>
    /// <param name="values">As many values.</param>
    /// <param name="arrivedAt">The wall clock, in UTC ticks.</param>
    /// <param name="limit">Up to which time a point counts for the series' now; one beyond it is shown, until the next arrives.</param>
    /// <param name="newest">The latest time among these points.</param>
    /// <returns>True when it is the first the engine knows of the series.</returns>
    public bool Update(int local, ReadOnlySpan<long> times, ReadOnlySpan<double> values, long arrivedAt, long limit, out long newest)
    {
        ref var row = ref At(local);
        var time = row.Time;
        var value = row.Value;
        newest = 0;
        for (var i = 0; i < times.Length; i++)
        {
            newest = Math.Max(newest, times[i]);
            // What is ahead of the clock must not hide what comes after it.
            if (times[i] < time && time <= limit) continue;
            time = times[i];
            value = values[i];
        }

        var clock = newest <= limit ? newest : NewestUpTo(times, limit);

        var isNew = row.Time == 0;
        row.Lock.BeginWrite();
        row.Time = time;
        row.Value = value;
        row.Received += times.Length;
        row.ArrivedAt = arrivedAt;
        row.Clock = Math.Max(row.Clock, clock);
        row.Lock.EndWrite();
        return isNew;
    }

    /// <summary>A point that was ahead is so no longer.</summary>
    public void Pass(int local, long time)
    {
        ref var row = ref At(local);
        row.Lock.BeginWrite();
        row.Clock = Math.Max(row.Clock, time);
        row.Lock.EndWrite();
    }

    /// <summary>Forgets where the time of a series stands, where that is beyond the limit: the clock was set back, or its points are gone.</summary>
    /// <param name="local">The series.</param>
    /// <param name="limit">Up to which time it may stand, in UTC ticks.</param>
    /// <param name="newest">The newest stored point that stays; null to keep the row's own.</param>
    public void Reset(int local, long limit, (long Time, double Value)? newest)
    {
        ref var row = ref At(local);
        row.Lock.BeginWrite();
        if (row.Clock > limit) row.Clock = 0;
        if (newest is var (time, value)) (row.Time, row.Value) = (time, value);
        row.Lock.EndWrite();
    }

    /// <summary>Takes in what the store knew last, unless something newer has arrived.</summary>
    public void Load(int local, long time, double value, long limit)
    {
        ref var row = ref At(local);
        if (row.Time >= time) return;
        row.Lock.BeginWrite();
        row.Time = time;
        row.Value = value;
        if (time <= limit) row.Clock = Math.Max(row.Clock, time);
        row.Lock.EndWrite();
    }

    /// <summary>Reads a row; false where nothing was ever received.</summary>
    public bool TryRead(int local, out SeriesReading reading)
    {
        var chunks = Volatile.Read(ref _chunks);
        reading = default;
        var chunk = local >> ChunkBits;
        if (chunk >= chunks.Length) return false;
        ref var row = ref chunks[chunk][local & (ChunkSize - 1)];
        int sequence;
        do
        {
            sequence = row.Lock.BeginRead();
            reading = new SeriesReading(row.Time, row.Value, row.Received, row.ArrivedAt, row.Clock);
        }
        while (row.Lock.MustRetry(sequence));
        return reading.Time != 0;
    }

    /// <summary>Does the same for every series whose time stands beyond the limit.</summary>
    /// <returns>Those series.</returns>
    public List<int> ResetAll(long limit)
    {
        var reset = new List<int>();
        for (var local = 0; local < _chunks.Length << ChunkBits; local++)
        {
            if (At(local).Clock <= limit) continue;
            Reset(local, limit, newest: null);
            reset.Add(local);
        }

        return reset;
    }

    private static long NewestUpTo(ReadOnlySpan<long> times, long limit)
    {
        var newest = 0L;
        foreach (var time in times)
        {
            if (time <= limit) newest = Math.Max(newest, time);
        }

        return newest;
    }

    private ref Row At(int local)
    {
        var chunk = local >> ChunkBits;
        if (chunk >= _chunks.Length) Grow(chunk + 1);
        return ref _chunks[chunk][local & (ChunkSize - 1)];
    }

    private void Grow(int chunks)
    {
        var larger = new Row[chunks][];
        Array.Copy(_chunks, larger, _chunks.Length);
        for (var i = _chunks.Length; i < chunks; i++) larger[i] = new Row[ChunkSize];
        Volatile.Write(ref _chunks, larger);
    }

    private struct Row
    {
        public Seqlock Lock;
        public long Time;
        public double Value;
        public long Received;
        public long ArrivedAt;
        public long Clock;
    }
}
