namespace LiveDash.Core.Windows;

/// <summary>
/// The front stack of a window: what its leaves amount to from each of them to the last. Kept on two levels, for the leaves of one group and for
/// whole groups, so building it costs at most two groups of leaves and one join a group of 4,096 points, and never a pass over the window: no
/// point pays for a rebuild. Not thread-safe.
/// </summary>
internal abstract class SuffixSums<T>
    where T : struct
{
    private T[] _leaves = [];
    private T[] _groups = [];
    private long _firstGroup;
    private long _filledGroup = -1;
    private long _filledFrom;

    /// <summary>The leaf behind the last one.</summary>
    public long End { get; private set; }

    /// <summary>Begins anew with the leaves from <paramref name="first"/> to before <paramref name="end"/>.</summary>
    public void Build(long first, long end)
    {
        End = end;
        _filledGroup = -1;
        _firstGroup = (first / LeafGroup.Leaves) + 1;
        var last = end / LeafGroup.Leaves;
        if (last < _firstGroup) return;
        var count = (int)(last - _firstGroup) + 1;
        if (_groups.Length < count) _groups = new T[count + (count / 4)];
        T sums = default;
        for (var i = end - 1; i >= last * LeafGroup.Leaves; i--) sums = Before(OfLeaf(i), sums, i + 1);
        _groups[count - 1] = sums;
        for (var group = last - 1; group >= _firstGroup; group--)
        {
            sums = Before(OfGroup(group), sums, (group + 1) * LeafGroup.Leaves);
            _groups[(int)(group - _firstGroup)] = sums;
        }
    }

    /// <summary>What the leaves from this one to the last amount to; it is before <see cref="End"/>.</summary>
    public T From(long leaf)
    {
        var group = leaf / LeafGroup.Leaves;
        if (group != _filledGroup || leaf < _filledFrom) Fill(group, leaf);
        return _leaves[(int)(leaf - _filledFrom)];
    }

    /// <summary>Gives the arrays back.</summary>
    public void Shrink()
    {
        _leaves = [];
        _groups = [];
        _filledGroup = -1;
    }

    /// <summary>What one leaf amounts to.</summary>
    protected abstract T OfLeaf(long number);

    /// <summary>What a whole group amounts to.</summary>
    protected abstract T OfGroup(long number);

    /// <summary>A run and the run that follows it, which begins with leaf <paramref name="next"/>.</summary>
    protected abstract T Join(in T run, in T rest, long next);

    private T Before(in T run, in T rest, long next) => next == End ? run : Join(run, rest, next);

    private void Fill(long group, long from)
    {
        _filledGroup = group;
        _filledFrom = from;
        var next = Math.Min((group + 1) * LeafGroup.Leaves, End);
        var count = (int)(next - from);
        if (_leaves.Length < count) _leaves = new T[Math.Min(count + (count / 4) + 1, LeafGroup.Leaves)];
        T sums = default;
        if (next < End) sums = _groups[(int)(group + 1 - _firstGroup)];
        for (var i = next - 1; i >= from; i--)
        {
            sums = Before(OfLeaf(i), sums, i + 1);
            _leaves[(int)(i - from)] = sums;
        }
    }
}
