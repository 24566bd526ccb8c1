using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Tests.Core.Windows;

/// <summary>Each vector width by itself, whatever this processor would choose; the runtime computes those it does not have.</summary>
public class VectorWidthTests
{
    [Fact]
    public void Sum_EveryWidthAndLength_SameToTheLastBitAsLaneByLane()
    {
        var random = new Random(31);
        for (var n = 0; n <= 64; n++)
        {
            var values = Values(random, n);
            foreach (var scale in new[] { 1.0, 0.125 })
            {
                var plain = PlainLanes.Sum(values, 1000.5, scale);
                AssertSame(plain, LeafMath.Sum<Eight512>(values, 1000.5, scale));
                AssertSame(plain, LeafMath.Sum<Eight256>(values, 1000.5, scale));
                AssertSame(plain, LeafMath.Sum<Eight128>(values, 1000.5, scale));
                AssertSame(plain, LeafMath.Sum(values, 1000.5, scale));
            }
        }
    }

    [Fact]
    public void Trend_EveryWidthAndLength_SameToTheLastBitAndAsOneByOne()
    {
        var random = new Random(32);
        for (var n = 1; n <= 64; n++)
        {
            var values = Values(random, n);
            var times = new long[n];
            for (var i = 1; i < n; i++) times[i] = times[i - 1] + random.Next(50_000_000);
            var middle = times[n / 2];
            var wide = LeafMath.Trend<Eight512>(times, values, 1000.5, middle, 1);
            Assert.Equal(wide, LeafMath.Trend<Eight256>(times, values, 1000.5, middle, 1));
            Assert.Equal(wide, LeafMath.Trend<Eight128>(times, values, 1000.5, middle, 1));
            Assert.Equal(wide, LeafMath.Trend(times, values, 1000.5, middle, 1));
            var both = Enumerable.Range(0, n).Sum(i => (values[i] - 1000.5) * ((times[i] - middle) * 1e-7));
            var increase = Enumerable.Range(1, n - 1).Sum(i => values[i] >= values[i - 1] ? values[i] - values[i - 1] : values[i]);
            Assert.True(Math.Abs(both - wide.C) <= 1e-9 * (1 + Math.Abs(both)), $"{n} points: {both} expected, {wide.C} came");
            Assert.True(Math.Abs(increase - wide.Increase) <= 1e-9 * (1 + increase), $"{n} points: {increase} expected, {wide.Increase} came");
        }
    }

    [Fact]
    public void InsertAndRemove_EveryWidth_SameAsASortedList()
    {
        AssertBlock<Eight512>();
        AssertBlock<Eight256>();
        AssertBlock<Eight128>();
    }

    [Fact]
    public void CountBelow_EveryWidthAndBound_SameAsCounting()
    {
        var values = Enumerable.Range(0, 64).Select(static i => (double)(i / 3)).ToArray();
        for (var bound = -1.0; bound <= 23; bound += 0.5)
        {
            var below = values.Count(v => v < bound);
            Assert.Equal(below, BlockMath.CountBelow<Eight512>(ref values[0], 8, bound));
            Assert.Equal(below, BlockMath.CountBelow<Eight256>(ref values[0], 8, bound));
            Assert.Equal(below, BlockMath.CountBelow<Eight128>(ref values[0], 8, bound));
        }
    }

    private static void AssertBlock<T>()
        where T : struct, IEight<T>
    {
        var random = new Random(33);
        var block = Enumerable.Repeat(double.PositiveInfinity, BlockMath.Stride).ToArray();
        block[0] = double.NegativeInfinity;
        var list = new List<double>();
        for (var step = 0; step < 5000; step++)
        {
            if (list.Count < BlockMath.Capacity && (list.Count == 0 || random.Next(100) < 52))
            {
                double value = random.Next(40) - 20;
                BlockMath.Insert<T>(ref block[0], value);
                list.Add(value);
                list.Sort();
            }
            else
            {
                var value = list[random.Next(list.Count)];
                BlockMath.Remove<T>(ref block[0], value);
                list.Remove(value);
            }

            Assert.Equal(list, block.Skip(1).Take(list.Count));
            Assert.Equal(double.NegativeInfinity, block[0]);
            Assert.All(block.Skip(1 + list.Count), static rest => Assert.Equal(double.PositiveInfinity, rest));
        }
    }

    private static double[] Values(Random random, int n) => Enumerable.Range(0, n).Select(_ => 1000 + (random.NextDouble() * 10)).ToArray();

    private static void AssertSame(in Moments expected, in Moments actual) =>
        Assert.Equal((expected.S1, expected.S2, expected.Min, expected.Max), (actual.S1, actual.S2, actual.Min, actual.Max));
}
