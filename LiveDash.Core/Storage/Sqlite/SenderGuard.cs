namespace LiveDash.Core.Storage.Sqlite;

/// <summary>
/// Keeps a point with a sender's id from being stored twice. What is not sealed yet is known in memory (bounded by the head's limit);
/// a point later than all of its series is new without a look; anything else is looked up in the sealed blocks that cover its time.
/// Used by the writer's thread alone, except <see cref="Known"/> at open.
/// </summary>
internal sealed class SenderGuard
{
    private readonly HashSet<SenderKey> _recent = [];
    private readonly List<SenderKey> _added = [];

    /// <summary>Takes note of a point that is in the log already.</summary>
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

    private bool IsRepeat(SenderKey key)
    {
        if (!_recent.Add(key)) return true;
        _added.Add(key);
        return false;
    }
}
