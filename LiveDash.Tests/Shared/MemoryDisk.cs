using LiveDash.Core.Model;
using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Tests.Shared;

/// <summary>What a <see cref="MemoryDatabase"/> keeps; outlives it.</summary>
internal sealed class MemoryDisk
{
    public List<SeriesKey> Series { get; init; } = [];

    public List<(long FirstId, int Points, byte[] Body)> Log { get; init; } = [];

    public SortedDictionary<long, (int Series, BlockHeader Header, byte[] Body)> Blocks { get; init; } = [];

    public Dictionary<(string Kind, string Id), byte[]> Documents { get; init; } = [];

    public long LastId { get; set; }

    public MemoryDisk Copy() => new()
    {
        Series = [.. Series], Log = [.. Log], Blocks = new(Blocks), Documents = new(Documents), LastId = LastId,
    };
}
