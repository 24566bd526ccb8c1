using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Ingestion.Repeats;

/// <summary>
/// The senders' ids of series whose points came without a time, so that the id alone tells a repeat. A series' ids are read from the store when the first such
/// point comes, the newest 262,144 of them; of all series together 1,048,576 are held, past which they are forgotten and read anew. Not thread-safe.
/// </summary>
internal sealed class UndatedIds(IPointStore store)
{
    private const int MaxIds = 1 << 20;
    private const int MaxRead = 1 << 18;
    private readonly Dictionary<int, HashSet<ulong>> _known = [];
    private int _count;

    /// <summary>Takes note of an id that came with a time.</summary>
    public void Note(int series, ulong sender)
    {
        if (_known.Count > 0 && _known.TryGetValue(series, out var ids) && ids.Add(sender)) _count++;
    }

    /// <summary>Marks candidates without a time whose id is known; those that are not are known from now on.</summary>
    /// <param name="batch">The points.</param>
    /// <param name="candidates">The indices to look at; all that came before them are committed.</param>
    /// <param name="repeated">Where repeats are marked.</param>
    /// <param name="isUnkept">Whether the store did not keep a point that was sent before.</param>
    public async ValueTask MarkAsync(PointBatch batch, List<int> candidates, bool[] repeated, Func<PointKey, bool> isUnkept)
    {
        foreach (var i in candidates)
        {
            if (!batch.IsUndated(i)) continue;
            var (series, sender) = (batch.Series[i], SenderHash.Of(batch.SenderIds[i]));
            if (!_known.TryGetValue(series, out var ids)) ids = await ReadAsync(series).ConfigureAwait(false);
            if (ids.Add(sender)) _count++;
            else if (!isUnkept(PointKey.OfSender(series, 0, sender))) repeated[i] = true;
        }
    }

    private async ValueTask<HashSet<ulong>> ReadAsync(int series)
    {
        if (_count >= MaxIds)
        {
            _known.Clear();
            _count = 0;
        }

        var ids = new HashSet<ulong>();
        var query = new PointQuery { Series = [series], Descending = true, Limit = MaxRead, WithSenders = true };
        await foreach (var block in store.ScanAsync(query, CancellationToken.None).ConfigureAwait(false))
        {
            foreach (var sender in block.Senders.Span)
            {
                if (sender != 0) ids.Add(sender);
            }
        }

        _known.Add(series, ids);
        _count += ids.Count;
        return ids;
    }
}
