using LiveDash.Core.Storage;

namespace LiveDash.Core.Engine;

/// <summary>
/// The newest columns of one series' chart (<see cref="ChartColumn"/>), kept up to date in O(1) a point. Columns lie on multiples of the width since
/// tick 0, so charts of the same width align. Who adds a point twice changes the mean and the count, and nothing else.
/// One writer, any number of readers without a lock. Memory: 96 bytes a column.
/// </summary>
public sealed class ChartColumns
{
    private readonly Bucket[] _ring;
    private long _newest = -1;
    private long _version;
    private long _start;
    private long _end;

    /// <summary>Makes an empty chart.</summary>
    /// <param name="widthTicks">How long a column is, in ticks; at least 1.</param>
    /// <param name="columns">How many columns are kept behind the newest; at least 1.</param>
    public ChartColumns(long widthTicks, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(widthTicks, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        WidthTicks = widthTicks;
        // One more than asked for: a live span rarely begins where a column does.
        _ring = new Bucket[columns + 1];
        for (var i = 0; i < _ring.Length; i++) _ring[i].Index = -1;
    }

    /// <summary>How long a column is, in ticks.</summary>
    public long WidthTicks { get; }

    /// <summary>Grows with every change; 0 while empty.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Takes in a point. One older than the kept columns changes nothing.</summary>
    public void Add(long ticks, double value)
    {
        if (ticks < _start || ticks >= _end) Seek(ticks);
        var index = _start / WidthTicks;
        ref var bucket = ref _ring[index % _ring.Length];
        if (bucket.Index > index) return;
        bucket.Lock.BeginWrite();
        if (bucket.Index != index) bucket.Reset(index, ticks, value);
        else bucket.Add(ticks, value);
        bucket.Version = _version + 1;
        bucket.Lock.EndWrite();
        if (index > _newest) Volatile.Write(ref _newest, index);
        Volatile.Write(ref _version, _version + 1);
    }

    /// <summary>Takes in a stored block: rows that stand for several points count as many, with their least and greatest.</summary>
    public void AddRange(PointBlock block)
    {
        if (block.Counts.IsEmpty)
        {
            AddRange(block.Times.Span, block.Values.Span);
            return;
        }

        for (var i = 0; i < block.Count; i++)
        {
            Add(block.Times.Span[i], block.Values.Span[i]);
            if (block.Counts.Span[i] > 1) Widen(block.Times.Span[i], block.Least.Span[i], block.Greatest.Span[i], block.Sums.Span[i] - block.Values.Span[i], (long)block.Counts.Span[i] - 1);
        }
    }

    /// <summary>Takes in points in any order.</summary>
    public void AddRange(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < times.Length; i++) Add(times[i], values[i]);
    }

    /// <summary>
    /// Takes over the columns of another chart of the same width in the place of its own, where the other has any. The other must know every point
    /// that this one was given of such a column.
    /// </summary>
    public void TakeOver(ChartColumns other)
    {
        if (other.WidthTicks != WidthTicks) throw new ArgumentException("Only charts of the same width follow one another.", nameof(other));
        foreach (ref readonly var from in other._ring.AsSpan())
        {
            if (from.Index < 0) continue;
            ref var bucket = ref _ring[from.Index % _ring.Length];
            if (bucket.Index > from.Index) continue;
            bucket.Lock.BeginWrite();
            bucket.CopyFrom(from);
            bucket.Version = _version + 1;
            bucket.Lock.EndWrite();
            if (from.Index > _newest) Volatile.Write(ref _newest, from.Index);
            Volatile.Write(ref _version, _version + 1);
        }
    }

    /// <summary>
    /// Copies the columns that changed after <paramref name="version"/>, by time. Safe on any thread; a column that changes meanwhile comes again
    /// next time.
    /// </summary>
    /// <returns>The version to ask with next time.</returns>
    public long CopySince(long version, List<ChartColumn> into)
    {
        var now = Volatile.Read(ref _version);
        if (now == version) return version;
        var newest = Volatile.Read(ref _newest);
        for (var index = Math.Max(newest - _ring.Length + 1, 0); index <= newest; index++)
        {
            ref readonly var bucket = ref _ring[index % _ring.Length];
            ChartColumn column;
            long changed;
            long held;
            int sequence;
            do
            {
                sequence = bucket.Lock.BeginRead();
                held = bucket.Index;
                changed = bucket.Version;
                column = new ChartColumn(held * WidthTicks, bucket.First, bucket.Min, bucket.Max, bucket.Last, bucket.Mean, bucket.Count);
            }
            while (bucket.Lock.MustRetry(sequence));
            if (held == index && changed > version) into.Add(column);
        }

        return now;
    }

    // After the last of its points was added: the others, of which sum and number are given.
    private void Widen(long ticks, double least, double greatest, double sum, long count)
    {
        ref var bucket = ref _ring[ticks / WidthTicks % _ring.Length];
        if (bucket.Index != ticks / WidthTicks) return;
        bucket.Lock.BeginWrite();
        bucket.Widen(least, greatest, sum, count);
        bucket.Version = _version + 1;
        bucket.Lock.EndWrite();
        Volatile.Write(ref _version, _version + 1);
    }

    private void Seek(long ticks)
    {
        _start = ticks / WidthTicks * WidthTicks;
        _end = _start + WidthTicks;
    }

    private struct Bucket
    {
        public Seqlock Lock;
        public long Index;
        public long Version;
        public long FirstTime;
        public long LastTime;
        public double First;
        public double Min;
        public double Max;
        public double Last;
        public long Count;

        // The sum of the differences to the pivot, the first value that came: a mean of large and close values stays exact.
        private double _pivot;
        private double _sum;

        public readonly double Mean => _pivot + (_sum / Count);

        public void CopyFrom(in Bucket other)
        {
            (Index, FirstTime, LastTime) = (other.Index, other.FirstTime, other.LastTime);
            (First, Min, Max, Last) = (other.First, other.Min, other.Max, other.Last);
            (Count, _pivot, _sum) = (other.Count, other._pivot, other._sum);
        }

        public void Reset(long index, long ticks, double value)
        {
            Index = index;
            FirstTime = LastTime = ticks;
            First = Min = Max = Last = _pivot = value;
            Count = 1;
            _sum = 0;
        }

        public void Widen(double least, double greatest, double sum, long count)
        {
            Min = Math.Min(Min, least);
            Max = Math.Max(Max, greatest);
            Count += count;
            _sum += sum - (count * _pivot);
        }

        // Of points with the same time the one that arrived first is first, and the one that arrived last is last.
        public void Add(long ticks, double value)
        {
            if (ticks < FirstTime)
            {
                FirstTime = ticks;
                First = value;
            }

            if (ticks >= LastTime)
            {
                LastTime = ticks;
                Last = value;
            }

            if (value < Min) Min = value;
            if (value > Max) Max = value;
            Count++;
            _sum += value - _pivot;
        }
    }
}
