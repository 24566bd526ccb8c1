using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Tests.Core.Windows;

public class NumericsTests
{
    [Theory]
    [InlineData("plain", 1000, 1_000_000)]
    [InlineData("plain", 64, 200_000)]
    [InlineData("offset 1e6", 1000, 1_000_000)]
    [InlineData("offset 1e8", 1000, 1_000_000)]
    [InlineData("offset 1e9", 1000, 1_000_000)]
    [InlineData("offset 1e9", 50_000, 200_000)]
    [InlineData("spikes", 1000, 1_000_000)]
    [InlineData("spikes", 64, 200_000)]
    [InlineData("steps", 1000, 1_000_000)]
    [InlineData("steps", 7, 200_000)]
    [InlineData("walk", 1000, 1_000_000)]
    [InlineData("walk", 50_000, 200_000)]
    public void Variance_LongStream_WithinOnePartInATrillionOfExact(string set, int size, int points)
    {
        var window = SlidingWindow.Create(WindowSpec.Last(size), WindowOptions.Default);
        var exact = new ExactVariance(size);
        var variance = AggregateSpec.Parse("variance");
        var worst = 0.0;
        var i = 0;
        foreach (var value in Stream(set, points))
        {
            window.Add(i, value);
            exact.Push(value);
            // Every 499th step, and the steps around a spike or step entering and leaving windows of these sizes.
            var sinceEvent = i % 5000;
            if (i++ % 499 != 0 && !(i < 100_000 && (sinceEvent is < 3 or > 4997 || sinceEvent % size is < 3))) continue;
            var expected = exact.Value();
            var actual = window.Evaluate(variance);
            worst = Math.Max(worst, expected == 0 ? actual : Math.Abs(actual - expected) / expected);
        }

        Assert.True(worst <= 1e-12, $"worst relative error {worst:E2}");
    }

    [Fact]
    public void Summarize_ValuesNearTheLargestDouble_FiniteAndRightAgainOnceTheyLeft()
    {
        var window = SlidingWindow.Create(WindowSpec.Last(100), WindowOptions.Default);
        double[] huge = [double.MaxValue, -double.MaxValue, 1e308, 1e200, -1e160];
        for (var i = 0; i < 1000; i++)
        {
            window.Add(i, i is >= 200 and < 300 && i % 7 == 0 ? huge[i % 5] : i % 10);
            var summary = window.Summarize();
            foreach (var figure in new[] { summary.Sum, summary.Mean, summary.Std, summary.Min, summary.Max }) Assert.True(double.IsFinite(figure), $"step {i}: {summary}");
            Assert.True(i == 0 || (double.IsFinite(summary.Rate) && double.IsFinite(summary.Slope)), $"step {i}: {summary}");
            Assert.InRange(summary.Mean, summary.Min, summary.Max);
            if (i >= 400)
            {
                PlainWindow.Close(4.5, summary.Mean, 1, "mean");
                PlainWindow.Close(Math.Sqrt(8.25), summary.Std, 1, "std");
            }
        }
    }

    [Fact]
    public void Summarize_TwoOfTheLargest_MeanAndStdAreExact()
    {
        var window = SlidingWindow.Create(WindowSpec.Last(2), WindowOptions.Default);
        window.Add(0, double.MaxValue);
        window.Add(1, double.MaxValue);
        Assert.Equal((double.MaxValue, 0, double.MaxValue), (window.Summarize().Mean, window.Summarize().Std, window.Summarize().Sum));

        window.Add(2, -double.MaxValue);
        Assert.Equal((0, double.MaxValue), (window.Summarize().Mean, window.Summarize().Std));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Add_NotFinite_RefusedAndNothingChanged(double value)
    {
        var window = SlidingWindow.Create(WindowSpec.Last(10), WindowOptions.Default);
        window.Add(5, 1);
        var before = window.Summarize();

        Assert.Throws<ArgumentException>(() => window.Add(9, value));

        Assert.Equal(before, window.Summarize());
        Assert.Equal(5, window.Now);
    }

    [Fact]
    public void Summarize_ConstantThatIsNoBinaryFraction_NoSpreadAtAll()
    {
        var window = SlidingWindow.Create(WindowSpec.Last(700), WindowOptions.Default);
        for (var i = 0; i < 5000; i++)
        {
            window.Add(i, 0.1);
            Assert.Equal((0.1, 0), (window.Summarize().Mean, window.Summarize().Std));
        }
    }

    private static IEnumerable<double> Stream(string set, int points)
    {
        var random = new Random(11);
        var walk = 1e6;
        for (var i = 0; i < points; i++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            walk += normal * 0.1;
            yield return ExactVariance.Rounded(set switch
            {
                "plain" => normal,
                "offset 1e6" => 1e6 + (normal * 0.01),
                "offset 1e8" => 1e8 + (normal * 0.01),
                "offset 1e9" => 1e9 + (normal * 0.01),
                "spikes" => i % 5000 == 0 ? 1e12 : normal,
                "steps" => (i / 5000 % 2 * 1e8) + normal,
                _ => walk,
            });
        }
    }
}
