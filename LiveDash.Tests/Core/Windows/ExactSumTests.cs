using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Tests.Core.Windows;

/// <summary>Where adding up plainly is exact, so is the window: a rule such as <c>sum(x, 3) >= 3</c> must not miss by the last bit.</summary>
public class ExactSumTests
{
    private const int Fractions = 300;
    private static readonly string[] Sizes = ["1", "2", "3", "7", "10", "63", "64", "65", "100", "1000", "5000"];

    public static TheoryData<string, string> Streams
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var values in new[] { "digits", "40 bits", "near 2^40", "halves", "mostly equal", "after tenths", "after a spike", "counter" })
            {
                foreach (var size in Sizes) data.Add(values, size);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void SumAndMean_WholeNumbers_ExactAtEveryStep(string kind, string size)
    {
        var window = SlidingWindow.Create(WindowSpec.Parse(size), WindowOptions.Default);
        var points = new Queue<decimal>();
        var total = 0m;
        var random = new Random(41);
        var (sum, mean) = (AggregateSpec.Parse("sum"), AggregateSpec.Parse("mean"));
        // What is no multiple of a half has left the window by then, and its leaf too.
        var since = Fractions + window.Spec.Points + Leaf.Capacity;
        for (var i = 0; i < since + 3000; i++)
        {
            var value = Value(kind, i, random);
            window.Add(i, value);
            points.Enqueue((decimal)value);
            total += (decimal)value;
            if (points.Count > window.Spec.Points) total -= points.Dequeue();
            if (kind.StartsWith("after", StringComparison.Ordinal) && i < since) continue;
            // Asked at each step and, in other stretches, seldom.
            if (i / 500 % 2 == 1 && i % 37 != 0) continue;
            Assert.Equal((double)total, window.Evaluate(sum));
            Assert.Equal((double)total, window.Summarize().Sum);
            if (total * 1024 % points.Count == 0) Assert.Equal((double)(total * 1024 / points.Count) / 1024, window.Evaluate(mean));
        }
    }

    [Fact]
    public void Sum_ManySmallWindows_ExactInEveryOne()
    {
        var sum = AggregateSpec.Parse("sum");
        var random = new Random(42);
        for (var run = 0; run < 2000; run++)
        {
            var size = random.Next(1, 12);
            var window = SlidingWindow.Create(WindowSpec.Last(size), WindowOptions.Default);
            var values = new List<double>();
            for (var i = 0; i < 30; i++)
            {
                values.Add(random.Next(run % 5 + 1));
                window.Add(i, values[^1]);
                Assert.Equal(values.TakeLast(size).Sum(), window.Evaluate(sum));
            }
        }
    }

    [Fact]
    public void Pivot_AnyNumbersOnAGrid_IsOnItAndNearTheMean()
    {
        var random = new Random(43);
        for (var run = 0; run < 20_000; run++)
        {
            var n = random.Next(1, 65);
            var grid = Math.Pow(2, random.Next(-20, 20));
            var spread = 1 << random.Next(1, 20);
            var rare = random.Next(2) == 0 ? 1.0 : random.NextDouble() * 0.2;
            var offset = random.Next(1 << 20);
            var values = Enumerable.Range(0, n).Select(_ => (offset + (random.NextDouble() < rare ? random.Next(spread) : 0)) * grid).ToArray();

            var pivot = LeafMath.Pivot(values, 1);

            Assert.Equal(Math.Round(pivot / grid), pivot / grid);
            var mean = values.Average();
            var deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
            Assert.True(Math.Abs(pivot - mean) <= 3.001 * deviation + (1e-12 * Math.Abs(mean)), $"run {run}: {pivot} for mean {mean}, deviation {deviation}");
        }
    }

    private static double Value(string kind, int i, Random random) => kind switch
    {
        "digits" => random.Next(10) - 3,
        "40 bits" => random.NextInt64(-(1L << 40), 1L << 40),
        "near 2^40" => (1L << 40) + random.Next(1000),
        "halves" => random.Next(1_000_000) * 0.5,
        "mostly equal" => random.Next(200) == 0 ? 8 : 7,
        "after tenths" => i < Fractions ? 0.1 : random.Next(5),
        "after a spike" => i < Fractions ? 1e12 + 0.1 : random.Next(5),
        _ => i / 3,
    };
}
