using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Tests.Core.Storage;

/// <summary>The set of senders' keys against a plain one, at every step.</summary>
public sealed class SenderKeysTests
{
    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 5_000)]
    public void Keys_AddedAndTakenOutAtRandom_AreThoseOfAPlainSet(int seed, int range)
    {
        var random = new Random(seed);
        var keys = new SenderKeys();
        var plain = new HashSet<SenderKey>();
        for (var step = 0; step < 60_000; step++)
        {
            // Few series and times: many keys begin at the same slots.
            var key = new SenderKey(random.Next(2), random.Next(3), (ulong)random.Next(range) + 1);
            if (random.Next(5) < (step / 10_000 % 2 == 0 ? 3 : 2)) Assert.Equal(plain.Add(key), keys.Add(key));
            else
            {
                plain.Remove(key);
                keys.Remove(key);
            }

            var asked = new SenderKey(random.Next(2), random.Next(3), (ulong)random.Next(range) + 1);
            Assert.Equal((plain.Count, plain.Contains(asked)), (keys.Count, keys.Contains(asked)));
        }

        Assert.All(plain, key => Assert.True(keys.Contains(key)));
        keys.Clear();
        Assert.Equal((0, false), (keys.Count, keys.Contains(new SenderKey(0, 0, 1))));
    }

    [Fact]
    public void Keys_FilledAndEmptiedAgain_AllocateNothing()
    {
        var keys = new SenderKeys();
        Fill(keys);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Fill(keys);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Fill(SenderKeys keys)
    {
        for (var i = 1; i <= 60_000; i++) keys.Add(new SenderKey(1, i, (ulong)i * 0x9e3779b97f4a7c15));
        for (var i = 1; i <= 60_000; i++) keys.Remove(new SenderKey(1, i, (ulong)i * 0x9e3779b97f4a7c15));
        keys.Trim();
    }
}
