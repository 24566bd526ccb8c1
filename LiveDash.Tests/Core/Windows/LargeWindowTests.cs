using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Tests.Core.Windows;

/// <summary>Windows of several groups of leaves (4,096 points each), where whole groups are summed at once.</summary>
public class LargeWindowTests
{
    private const long Second = TimeSpan.TicksPerSecond;
    private static readonly string[] Asked = ["r2", "increase", "twmean", "ewma 30s", "above 20"];

    [Theory]
    [InlineData("9000", 0)]
    [InlineData("9000", 0.002)]
    [InlineData("13000", 0.1)]
    [InlineData("10m", 0)]
    [InlineData("10m", 0.002)]
    [InlineData("hopping 15m/5m", 0.01)]
    [InlineData("session 1s", 0.01)]
    public void Summarize_SeveralGroupsAndLatePoints_SameAsRecompute(string spec, double disorder)
    {
        var window = SlidingWindow.Create(WindowSpec.Parse(spec), WindowOptions.Default);
        var plain = new PlainWindow(window.Spec, TimeSpan.FromSeconds(5));
        var specs = Asked.Select(AggregateSpec.Parse).ToArray();
        var random = new Random(51);
        var clock = 638_000_000_000_000_000L;
        for (var i = 0; i < 30_000; i++)
        {
            clock += random.Next(1_000_000);
            var time = random.NextDouble() < disorder ? clock - (random.Next(5) * Second) : clock;
            var value = (Math.Sin(i * 0.001) * 50) + random.NextDouble();
            window.Add(time, value);
            plain.Add(time, value);
            if (i % 911 != 0 && i is not (> 20_000 and < 20_020)) continue;
            var points = plain.Points();
            PlainWindow.AssertSame(points, window.Summarize(), $"{spec}, step {i}");
            for (var k = 0; k < specs.Length && i % 2733 == 911; k++)
            {
                var expected = PlainAggregates.Of(Asked[k], points, plain.Now);
                PlainWindow.Close(expected, window.Evaluate(specs[k]), 100 + Math.Abs(expected), $"{spec} {Asked[k]}, step {i}");
            }
        }
    }

    [Fact]
    public void Basics_AskedAfterEveryPoint_SameAsExactArithmeticThroughSeveralRebuilds()
    {
        const int size = 10_000;
        var window = SlidingWindow.Create(WindowSpec.Last(size), WindowOptions.Default);
        var exact = new ExactVariance(size);
        var random = new Random(52);
        for (var i = 0; i < 5 * size; i++)
        {
            var value = ExactVariance.Rounded((i / 7000 * 1000) + random.NextDouble());
            window.Add(i, value);
            exact.Push(value);
            var basics = window.Basics();
            if (i % 97 != 0 || i == 0) continue;
            Assert.Equal(Math.Min(i + 1, size), basics.Count);
            PlainWindow.Close(Math.Sqrt(exact.Value()), basics.Std, 1e-3 * basics.Std, $"step {i}");
            Assert.Equal(window.Summarize().Std, basics.Std);
        }
    }

    [Theory]
    [InlineData("1000000")]
    [InlineData("10000000")]
    public void SuffixSums_HugeFront_BuiltAndReadWithoutAPassOverItsLeaves(string points)
    {
        var leaves = long.Parse(points) / Leaf.Capacity;
        var sums = new CountingSums();
        for (var first = 1000L; first < 1000 + (2 * leaves); first += leaves - 77)
        {
            sums.Steps = 0;
            sums.Build(first, first + leaves);
            for (var leaf = first; leaf < first + leaves; leaf += leaves / 50)
            {
                Assert.Equal(CountingSums.Plain(leaf, first + leaves), sums.From(leaf));
                Assert.InRange(sums.Steps, 0, (2 * LeafGroup.Leaves) + (leaves / LeafGroup.Leaves) + 1);
                sums.Steps = 0;
            }
        }
    }

    [Fact]
    public void SuffixSums_EverySmallFront_SameAsPlainSums()
    {
        var sums = new CountingSums();
        foreach (var first in new[] { 0L, 1, 63, 64, 65, 127 })
        {
            for (var end = first; end < first + 200; end++)
            {
                sums.Build(first, end);
                for (var leaf = first; leaf < end; leaf += 3) Assert.Equal(CountingSums.Plain(leaf, end), sums.From(leaf));
                // Back again, as time may step back.
                for (var leaf = end - 1; leaf >= first; leaf -= 7) Assert.Equal(CountingSums.Plain(leaf, end), sums.From(leaf));
            }
        }
    }
}
