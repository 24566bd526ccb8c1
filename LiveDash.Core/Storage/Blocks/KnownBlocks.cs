using LiveDash.Core.Model;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// The headers of another process's sealed blocks, read once and kept: as many as the owner has in memory itself. What the owner deletes is forgotten when it is
/// looked for. Used by one thread at a time.
/// </summary>
internal sealed class KnownBlocks
{
    private readonly Dictionary<long, List<(long Generation, BlockHeader Block)>> _series = [];

    /// <summary>The greatest key so far.</summary>
    public long LastId { get; private set; }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _series.Clear();
        LastId = 0;
    }

    /// <summary>Adds one; keys ascend.</summary>
    /// <exception cref="InvalidDataException">It says something impossible.</exception>
    public void Add(long series, long generation, long points, long bytes, BlockHeader block)
    {
        if (points is < 1 or > BlockCodec.MaxPoints || bytes is < 1 or > int.MaxValue) throw new InvalidDataException($"The header of block {block.Id} is damaged.");
        if (!_series.TryGetValue(series, out var known)) _series.Add(series, known = []);
        known.Add((generation, block));
        LastId = block.Id;
    }

    /// <summary>Puts those of a series that hold points of a range into an index.</summary>
    /// <param name="index">Where to.</param>
    /// <param name="series">Which series.</param>
    /// <param name="range">Which times.</param>
    /// <param name="dead">Generations that were given up: those never count again.</param>
    /// <param name="gone">What the newest commit replaced: that counts again where the commit turns out not to have been one.</param>
    /// <param name="exist">Which of some keys are there.</param>
    public void Fill(StoreIndex index, int series, TimeRange range, HashSet<long> dead, HashSet<long> gone, Func<IReadOnlyList<long>, HashSet<long>> exist)
    {
        if (!_series.TryGetValue(series, out var known)) return;
        known.RemoveAll(one => dead.Contains(one.Generation));
        var wanted = known.Where(one => !gone.Contains(one.Block.Id) && one.Block.MinTime < range.To && one.Block.MaxTime >= range.From).Select(static one => one.Block).ToList();
        if (wanted.Count == 0) return;
        var there = exist([.. wanted.Select(static block => block.Id)]);
        if (there.Count < wanted.Count)
        {
            var missing = wanted.Where(block => !there.Contains(block.Id)).Select(static block => block.Id).ToHashSet();
            known.RemoveAll(one => missing.Contains(one.Block.Id));
            wanted.RemoveAll(block => missing.Contains(block.Id));
        }

        if (wanted.Count > 0) index.AddBlocks(series, wanted);
    }
}
