using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Tests.Core.Storage;

/// <summary>Which blocks a sealing merges: how often a point is written, and in how many blocks a series ends.</summary>
public sealed class SealTierTests
{
    [Theory]
    [InlineData(1, 10_000, 7, 18)]
    [InlineData(64, 2_000, 4, 12)]
    [InlineData(262, 1_000, 3.1, 6)]
    [InlineData(4_096, 100, 1, 0)]
    public void MergeFrom_HeadsOfOneSize_WritesAPointSeldomAndLeavesFewBlocks(int head, int times, double mostWritten, int mostOpen) =>
        Check(Enumerable.Repeat(head, times), mostWritten, mostOpen);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void MergeFrom_HeadsOfAnySize_WritesAPointSeldomAndLeavesFewBlocks(int seed)
    {
        var random = new Random(seed);
        Check(Enumerable.Range(0, 5_000).Select(_ => 1 + (int)Math.Pow(10, random.NextDouble() * 3.5)), 7, 18);
    }

    private static void Check(IEnumerable<int> heads, double mostWritten, int mostOpen)
    {
        var blocks = new List<BlockHeader>();
        long points = 0, written = 0;
        var open = 0;
        foreach (var head in heads)
        {
            var (from, total) = StoreSealer.MergeFrom([.. blocks], head);
            Assert.Equal(total, head + blocks.Skip(from).Sum(static block => block.Points));
            blocks.RemoveRange(from, blocks.Count - from);
            for (var left = total; left > 0; left -= BlockCodec.MaxPoints) blocks.Add(new BlockHeader(0, Math.Min(left, BlockCodec.MaxPoints), 1, 0, 0, 0, false, null));
            points += head;
            written += total;
            open = Math.Max(open, blocks.Count(static block => block.Points < BlockCodec.MaxPoints));
        }

        Assert.Equal(points, blocks.Sum(static block => (long)block.Points));
        Assert.True(written <= mostWritten * points, $"A point was written {(double)written / points:F2} times.");
        Assert.InRange(open, 0, mostOpen);
    }
}
