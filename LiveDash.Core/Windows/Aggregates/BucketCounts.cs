namespace LiveDash.Core.Windows.Aggregates;

/// <summary>Counts by whole number, over whatever range has come up, with sums of 64 so that a rank is found without walking all. Not thread-safe.</summary>
internal sealed class BucketCounts
{
    private const int Group = 64;
    private int[] _counts = [];
    private int[] _groups = [];
    private int _first;

    /// <summary>The sum of all counts.</summary>
    public int Total { get; private set; }

    public void Add(int bucket, int change)
    {
        if ((uint)(bucket - _first) >= (uint)_counts.Length) Grow(bucket);
        var at = bucket - _first;
        _counts[at] += change;
        _groups[at / Group] += change;
        Total += change;
    }

    public void Reset()
    {
        Array.Clear(_counts);
        Array.Clear(_groups);
        Total = 0;
    }

    /// <summary>The bucket that holds the item of a rank, counted from 0 in the least bucket; the rank must be below <see cref="Total"/>.</summary>
    public int BucketOf(int rank)
    {
        var group = 0;
        while (rank >= _groups[group]) rank -= _groups[group++];
        var at = group * Group;
        while (rank >= _counts[at]) rank -= _counts[at++];
        return at + _first;
    }

    private void Grow(int bucket)
    {
        var first = _counts.Length == 0 ? bucket : Math.Min(_first, bucket);
        var last = _counts.Length == 0 ? bucket : Math.Max(_first + _counts.Length - 1, bucket);
        first = (int)Math.Floor(first / (double)Group) * Group;
        var size = (((last - first) / Group) + 1) * Group;
        var counts = new int[size];
        var groups = new int[size / Group];
        if (_counts.Length > 0)
        {
            Array.Copy(_counts, 0, counts, _first - first, _counts.Length);
            Array.Copy(_groups, 0, groups, (_first - first) / Group, _groups.Length);
        }

        (_counts, _groups, _first) = (counts, groups, first);
    }
}
