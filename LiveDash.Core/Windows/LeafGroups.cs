namespace LiveDash.Core.Windows;

/// <summary>
/// The groups of a log's leaves: each is summed up when its last leaf is full, or when asked for after leaves have changed. Bounded by the log:
/// one group for 4,096 points. Not thread-safe.
/// </summary>
internal sealed class LeafGroups(PointLog log)
{
    private LeafGroup?[] _ring = new LeafGroup?[4];

    /// <summary>A group whose leaves are all held and closed.</summary>
    public LeafGroup this[long number]
    {
        get
        {
            if (_ring[(int)number & (_ring.Length - 1)] is { } known && known.Number == number) return known;
            return SumUp(number);
        }
    }

    /// <summary>Told when a leaf begins.</summary>
    public void OnLeaf(long leaf)
    {
        var number = (leaf / LeafGroup.Leaves) - 1;
        if (leaf % LeafGroup.Leaves == 0 && number * LeafGroup.Leaves >= log.FirstLeaf) SumUp(number);
    }

    /// <summary>Leaves of this group and of those behind it have changed.</summary>
    public void Forget(long from)
    {
        foreach (var group in _ring)
        {
            if (group?.Number >= from) group.Number = -1;
        }
    }

    private LeafGroup SumUp(long number)
    {
        var held = (log.OpenLeaf / LeafGroup.Leaves) - (log.FirstLeaf / LeafGroup.Leaves) + 1;
        if (held > _ring.Length) Grow(held);
        ref var group = ref _ring[(int)number & (_ring.Length - 1)];
        group ??= new();
        group.Sum(log, number);
        return group;
    }

    private void Grow(long held)
    {
        var old = _ring;
        _ring = new LeafGroup?[System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)held)];
        foreach (var group in old)
        {
            if (group?.Number >= 0) _ring[(int)group.Number & (_ring.Length - 1)] = group;
        }
    }
}
