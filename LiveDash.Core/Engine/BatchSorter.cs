using LiveDash.Core.Model;

namespace LiveDash.Core.Engine;

/// <summary>
/// Brings the points of several batches together by series, for one shard: a counting sort that keeps each series' order of arrival. A window's memory
/// is then fetched once for all its points of the group instead of once a point, which is what a point costs when thousands of series take turns.
/// Owned by one shard; its arrays grow to the largest group and stay so.
/// </summary>
internal sealed class BatchSorter(int index, int shards)
{
    private readonly List<int> _touched = [];
    private int[] _ends = [];
    private long[] _times = [];
    private double[] _values = [];
    private int _next;

    /// <summary>How many of the shard's points the group holds.</summary>
    public int Count { get; private set; }

    /// <summary>Sorts the shard's points of the batches.</summary>
    public void Sort(List<PointBatch> batches)
    {
        // What was left of the last group: counts are zero except where a series was touched.
        foreach (var local in _touched) _ends[local] = 0;
        _touched.Clear();
        Count = 0;
        foreach (var batch in batches) CountIn(batch.Series);
        if (_times.Length < Count)
        {
            _times = new long[Count];
            _values = new double[Count];
        }

        var start = 0;
        foreach (var local in _touched)
        {
            var count = _ends[local];
            _ends[local] = start;
            start += count;
        }

        // Each place begins at its series' start and ends, all points laid down, at the next series' start.
        foreach (var batch in batches) Lay(batch);
        _next = 0;
    }

    /// <summary>The next series with its points, in the order in which series first occur.</summary>
    public bool TryNext(out int local, out ReadOnlySpan<long> times, out ReadOnlySpan<double> values)
    {
        local = -1;
        times = default;
        values = default;
        if (_next == _touched.Count) return false;
        var from = _next == 0 ? 0 : _ends[_touched[_next - 1]];
        local = _touched[_next++];
        times = _times.AsSpan(from, _ends[local] - from);
        values = _values.AsSpan(from, _ends[local] - from);
        return true;
    }

    private void CountIn(ReadOnlySpan<int> series)
    {
        for (var i = 0; i < series.Length; i++)
        {
            var local = (int)((uint)series[i] / (uint)shards);
            if (series[i] - (local * shards) != index) continue;
            if (local >= _ends.Length) Array.Resize(ref _ends, Math.Max(local + 1, Math.Max(1024, _ends.Length * 2)));
            if (_ends[local]++ == 0) _touched.Add(local);
            Count++;
        }
    }

    private void Lay(PointBatch batch)
    {
        var series = batch.Series;
        var times = batch.Times;
        var values = batch.Values;
        for (var i = 0; i < series.Length; i++)
        {
            var local = (int)((uint)series[i] / (uint)shards);
            if (series[i] - (local * shards) != index) continue;
            var at = _ends[local]++;
            _times[at] = times[i];
            _values[at] = values[i];
        }
    }
}
