namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// Keeps a point with a sender's id from being stored twice, also over restarts. What is not sealed yet is known in memory (bounded by the head's
/// limit); anything else is looked up in the sealed blocks that cover its time, which for points in order are none.
/// Used by the writer's thread alone, except at open.
/// </summary>
internal sealed class SenderGuard
{
    // How many sealed blocks are held decoded, 64 KiB each: a resent file goes through them in order.
    private const int MaxDecoded = 64;

    private readonly SenderKeys _recent = new();
    private readonly List<SenderKey> _added = [];
    private readonly List<BlockHeader> _found = [];
    private readonly Dictionary<long, PointView> _decoded = [];
    private StoreIndex? _index;
    private BlockSource? _blocks;

    /// <summary>Gives it the sealed blocks to look into.</summary>
    public void Use(StoreIndex index, BlockSource blocks) => (_index, _blocks) = (index, blocks);

    /// <summary>Forgets everything, when another file is opened.</summary>
    public void Clear() => _recent.Clear();

    /// <summary>Takes note of points that are in the log already.</summary>
    public void Known(PointGroup group)
    {
        if (group.Senders is not { } senders) return;
        for (var i = 0; i < group.Count; i++)
        {
            if (senders[i] != 0) _recent.Add(new SenderKey(group.Series[i], group.Times[i], senders[i]));
        }
    }

    /// <summary>Takes the points out of a group that are kept already, or stand in it twice.</summary>
    public void RemoveRepeats(PointGroup group)
    {
        if (group.Senders is not { } senders) return;
        group.RemoveWhere(i => senders[i] != 0 && IsRepeat(new SenderKey(group.Series[i], group.Times[i], senders[i])));
    }

    /// <summary>The group was committed, or not: then its points are forgotten again.</summary>
    public void EndGroup(bool kept)
    {
        if (!kept)
        {
            foreach (var key in _added) _recent.Remove(key);
        }

        _added.Clear();
    }

    /// <summary>These points are in sealed blocks now.</summary>
    public void Sealed(IEnumerable<SeriesSnapshot> heads)
    {
        foreach (var head in heads)
        {
            if (head.Head is not { Senders: { } senders } view) continue;
            for (var i = 0; i < view.Count; i++)
            {
                if (senders[i] != 0) _recent.Remove(new SenderKey(head.Series, view.Times[i], senders[i]));
            }
        }

        _recent.Trim();
    }

    private bool IsRepeat(SenderKey key)
    {
        if (_recent.Contains(key) || IsSealed(key)) return true;
        _recent.Add(key);
        _added.Add(key);
        return false;
    }

    private bool IsSealed(SenderKey key)
    {
        _found.Clear();
        _index!.SentBlocksAt(key.Series, key.Ticks, _found);
        foreach (var block in _found)
        {
            var view = Decoded(key.Series, block);
            var at = view.Times.AsSpan(0, view.Count).BinarySearch(key.Ticks);
            if (at < 0) continue;
            while (at > 0 && view.Times[at - 1] == key.Ticks) at--;
            for (; at < view.Count && view.Times[at] == key.Ticks; at++)
            {
                if (view.Senders![at] == key.Sender) return true;
            }
        }

        return false;
    }

    private PointView Decoded(int series, BlockHeader block)
    {
        if (_decoded.TryGetValue(block.Id, out var view)) return view;
        if (_decoded.Count >= MaxDecoded) _decoded.Clear();
        var columns = new PointColumns(block.Points);
        view = _blocks!.TryReadAll(series, block, columns) && columns.View.Senders is not null ? columns.View : new PointColumns().View;
        _decoded.Add(block.Id, view);
        return view;
    }
}
