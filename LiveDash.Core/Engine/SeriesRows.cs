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
    /// <returns>True when it is the first the engine knows of the series.</returns>
    public bool Update(int local, ReadOnlySpan<long> times, ReadOnlySpan<double> values, long arrivedAt)
    {
        ref var row = ref At(local);
        var time = row.Time;
        var value = row.Value;
        for (var i = 0; i < times.Length; i++)
        {
            if (times[i] < time) continue;
            time = times[i];
            value = values[i];
        }

        var isNew = row.Time == 0;
        row.Lock.BeginWrite();
        row.Time = time;
        row.Value = value;
        row.Received += times.Length;
        row.ArrivedAt = arrivedAt;
        row.Lock.EndWrite();
        return isNew;
    }

    /// <summary>Takes in what the store knew last, unless something newer has arrived.</summary>
    public void Load(int local, long time, double value)
    {
        ref var row = ref At(local);
        if (row.Time >= time) return;
        row.Lock.BeginWrite();
        row.Time = time;
        row.Value = value;
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
            reading = new SeriesReading(row.Time, row.Value, row.Received, row.ArrivedAt);
        }
        while (row.Lock.MustRetry(sequence));
        return reading.Time != 0;
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
    }
}
