using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion;

/// <summary>
/// Keeps what a sender repeats out of the live views: a point of the same series, time and sender's id as one of the newest of those that passed. The store
/// finds every repeat, but only once live views and rules have long seen it. Remembers the last 131,072 to 262,144 points with an id (10 MB at most), in two
/// generations of which the older is forgotten whole; points without an id cost nothing. Not thread-safe.
/// </summary>
/// <param name="generation">How many points a generation remembers.</param>
internal sealed class RepeatFilter(int generation = 131_072)
{
    private HashSet<(int Series, long Ticks, ulong Sender)> _newer = [];
    private HashSet<(int Series, long Ticks, ulong Sender)> _older = [];

    /// <summary>The batch without its repeats: itself, retained, where it has none; null where nothing is left. The caller releases what it gets.</summary>
    public PointBatch? Take(PointBatch batch)
    {
        var repeats = 0;
        bool[]? repeated = null;
        var senders = batch.SenderIds;
        for (var i = 0; i < senders.Length; i++)
        {
            if (senders[i] is not { } sender || !IsRepeat((batch.Series[i], batch.Times[i], SenderHash.Of(sender)))) continue;
            (repeated ??= new bool[batch.Count])[i] = true;
            repeats++;
        }

        if (repeated is not null) return repeats == batch.Count ? null : batch.Except(repeated);
        batch.Retain();
        return batch;
    }

    private bool IsRepeat((int Series, long Ticks, ulong Sender) point)
    {
        if (_older.Contains(point) || !_newer.Add(point)) return true;
        if (_newer.Count < generation) return false;
        _older.Clear();
        (_newer, _older) = (_older, _newer);
        return false;
    }
}
