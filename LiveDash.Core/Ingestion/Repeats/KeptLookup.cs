using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Ingestion.Repeats;

/// <summary>Looks points up in the store by their exact keys, a stretch of time at a time. Not thread-safe.</summary>
internal sealed class KeptLookup(IPointStore store)
{
    // A batch whose times lie apart is looked up in so many stretches at most.
    private const int MaxStretches = 16;
    private readonly Dictionary<PointKey, int> _wanted = [];
    private readonly List<long> _times = [];

    /// <summary>Marks the candidates that are kept.</summary>
    /// <param name="batch">The points.</param>
    /// <param name="candidates">The indices to look at, all different in their keys.</param>
    /// <param name="repeated">Where repeats are marked.</param>
    /// <returns>Those that are kept under the same sender's id with another value or place, and what would put that right.</returns>
    public async ValueTask<List<(int Index, double Kept, PointChange Change)>> MarkAsync(PointBatch batch, List<int> candidates, bool[] repeated)
    {
        var changes = new List<(int, double, PointChange)>();
        _wanted.Clear();
        _times.Clear();
        var series = new HashSet<int>();
        var sent = false;
        foreach (var i in candidates)
        {
            if (repeated[i] || batch.IsUndated(i) || RepeatFilter.KeyOf(batch, i) is not { } key) continue;
            _wanted[key] = i;
            _times.Add(key.Ticks);
            series.Add(key.Series);
            sent |= !key.ByValue;
        }

        if (_wanted.Count == 0) return changes;
        foreach (var range in Stretches())
        {
            var query = new PointQuery { Series = [.. series], Range = range, WithSenders = sent };
            await foreach (var block in store.ScanAsync(query, CancellationToken.None).ConfigureAwait(false)) Look(block, batch, repeated, changes);
        }

        return changes;
    }

    private void Look(in PointBlock block, PointBatch batch, bool[] repeated, List<(int, double, PointChange)> changes)
    {
        var series = block.Series.Span;
        var times = block.Times.Span;
        var values = block.Values.Span;
        var senders = block.Senders.Span;
        for (var i = 0; i < series.Length; i++)
        {
            if (senders.Length > 0 && senders[i] != 0 && _wanted.TryGetValue(PointKey.OfSender(series[i], times[i], senders[i]), out var at))
            {
                if (!repeated[at] && Differs(block, i, batch, at, out var change)) changes.Add((at, values[i], change));
                repeated[at] = true;
            }

            if (batch.OncePerValue && _wanted.TryGetValue(PointKey.OfValue(series[i], times[i], values[i]), out at)) repeated[at] = true;
        }
    }

    private static bool Differs(in PointBlock block, int i, PointBatch batch, int at, out PointChange change)
    {
        var (x, y) = batch.HasLocations ? (batch.X[at], batch.Y[at]) : (double.NaN, double.NaN);
        var (keptX, keptY) = block.X.IsEmpty ? (double.NaN, double.NaN) : (block.X.Span[i], block.Y.Span[i]);
        change = new PointChange(batch.Series[at], batch.Times[at], block.Ids.Span[i], batch.Values[at], x, y);
        return !block.Values.Span[i].Equals(batch.Values[at]) || !keptX.Equals(x) || !keptY.Equals(y);
    }

    // Cuts at the widest gaps, so that a few points from long ago do not make all between be read.
    private List<TimeRange> Stretches()
    {
        _times.Sort();
        var gaps = new List<(long Gap, int At)>();
        for (var i = 1; i < _times.Count; i++)
        {
            if (_times[i] - _times[i - 1] > TimeSpan.TicksPerMinute) gaps.Add((_times[i] - _times[i - 1], i));
        }

        var cuts = gaps.OrderByDescending(static gap => gap.Gap).Take(MaxStretches - 1).Select(static gap => gap.At).Order().Append(_times.Count);
        var ranges = new List<TimeRange>();
        var from = 0;
        foreach (var to in cuts)
        {
            ranges.Add(new TimeRange(_times[from], _times[to - 1] + 1));
            from = to;
        }

        return ranges;
    }
}
