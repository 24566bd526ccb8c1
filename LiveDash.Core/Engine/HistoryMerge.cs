namespace LiveDash.Core.Engine;

/// <summary>
/// Joins what the store gave with what arrived while it was asked. Both may hold the same point: the store has no number for a live point, so two
/// are the same when time and value (to the bit) are, as often as they stand in both.
/// </summary>
internal static class HistoryMerge
{
    /// <summary>Every point once, by time; at equal times the stored ones first.</summary>
    /// <param name="stored">Ordered by time.</param>
    /// <param name="live">In the order of arrival; is sorted by time.</param>
    public static PointBuffer Join(PointBuffer stored, PointBuffer live)
    {
        if (live.Count == 0) return stored;
        live.SortByTime();
        var joined = new PointBuffer();
        var used = new List<long>();
        int s = 0, l = 0;
        while (l < live.Count)
        {
            var time = live.Times[l];
            var from = s;
            while (s < stored.Count && stored.Times[s] < time) s++;
            var group = s;
            while (s < stored.Count && stored.Times[s] == time) s++;
            joined.AddRange(stored.Times[from..s], stored.Values[from..s]);
            used.Clear();
            foreach (var value in stored.Values[group..s]) used.Add(BitConverter.DoubleToInt64Bits(value));
            for (; l < live.Count && live.Times[l] == time; l++)
            {
                if (!used.Remove(BitConverter.DoubleToInt64Bits(live.Values[l]))) joined.Add(time, live.Values[l]);
            }
        }

        joined.AddRange(stored.Times[s..], stored.Values[s..]);
        return joined;
    }
}
