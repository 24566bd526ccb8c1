using LiveDash.Core.Model;

namespace LiveDash.Core.Storage.Blocks;

// Deletion of points: whole blocks go, and those at the borders of the range are written anew without them.
internal sealed partial class StoreSealer
{
    /// <summary>Deletes the points of a series within a range; all points are sealed.</summary>
    /// <param name="series">Which one.</param>
    /// <param name="range">Event times, half-open.</param>
    /// <returns>How many went. Those of a damaged block stay where they are.</returns>
    /// <exception cref="StoreUnavailableException">The store is read-only; nothing changed.</exception>
    public async Task<long> EraseAsync(int series, TimeRange range)
    {
        if (parts.Index.Snapshot([series], out _) is not [var snapshot]) return 0;
        _bodies.Clear();
        var (gone, made, erased) = (new List<BlockHeader>(), new List<BlockHeader>(), 0L);
        foreach (var block in snapshot.Blocks)
        {
            if (block.MaxTime < range.From || block.MinTime >= range.To) continue;
            var left = 0;
            if ((block.MinTime < range.From || block.MaxTime >= range.To) && !TryKeep(series, block, range, made, out left)) continue;
            if (left == block.Points) continue;
            gone.Add(block);
            erased += block.Points - left;
        }

        if (gone.Count == 0) return 0;
        var change = new SealedSeries(series, 0, gone, made);
        await writer.ChangeAsync(
            new ChangeWork(() => parts.Database.WriteSeal([change], _bodies.Written, _sealedTo), () => parts.Index.Exchange(change), ChangeKind.Moves),
            CancellationToken.None).ConfigureAwait(false);
        return erased;
    }

    // Encodes what of a block lies outside of the range; false where it cannot be read.
    private bool TryKeep(int series, BlockHeader block, TimeRange range, List<BlockHeader> made, out int left)
    {
        var all = new PointColumns(block.Points);
        var rest = new PointColumns(block.Points);
        left = 0;
        if (!blocks.TryReadAll(series, block, all)) return false;
        var view = all.View;
        for (var i = 0; i < view.Count; i++)
        {
            if (view.Times[i] >= range.From && view.Times[i] < range.To) continue;
            rest.Add(view.Times[i], view.Ids[i], view.Values[i], view.X is null ? double.NaN : view.X[i], view.Y is null ? double.NaN : view.Y[i], view.Senders is null ? 0 : view.Senders[i]);
            if (view.Summaries is { } rows) rest.Summarize(rows.Min[i], rows.Max[i], rows.Sum[i], rows.Count[i]);
        }

        left = rest.Count;
        if (left == 0 || left == view.Count) return true;
        var header = BlockCodec.Encode(rest.View.ToSorted(), 0, left, _body, _scratch);
        _bodies.Raw(_body.Written);
        made.Add(header with { Id = ++_lastBlock, Step = block.Step });
        return true;
    }
}
