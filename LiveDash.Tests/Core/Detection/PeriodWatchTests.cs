using System.Text.RegularExpressions;
using LiveDash.Core.Detection;

namespace LiveDash.Tests.Core.Detection;

/// <summary>Periods that no clock tells.</summary>
public sealed class PeriodWatchTests
{
    private static readonly long s_step = 5 * TimeSpan.TicksPerMinute;

    [Theory]
    [InlineData(7, 1)]
    [InlineData(36, 1e-6)]
    [InlineData(70, 1e9)]
    [InlineData(72, 1)]
    public void Period_OfAWaveInNoise_IsFound(int period, double scale)
    {
        var watch = Fed(1_500, i => scale * (Math.Sin(2 * Math.PI * i / period) + Noise(i, 0.2)), scale);

        Assert.InRange(watch.Period, period - 1, period + 1);
    }

    [Fact]
    public void Period_OfNoise_IsNone() => Assert.Equal(0, Fed(3_000, static i => Noise(i, 1), 1).Period);

    [Fact]
    public void LevelOf_PlaceAfterAGap_IsThatOfTheSamePlace()
    {
        var watch = Fed(1_500, static i => i % 10 == 3 ? 50 : 10, 5);

        // Seven bars are missing: what comes after them still stands where it belongs.
        watch.Take(1_507, 10, 14, 5);
        Assert.Equal(50, watch.LevelOf(1_513), 3);
        Assert.Equal(10, watch.LevelOf(1_514), 3);
        Assert.Equal(40, watch.Distance(1_513, 10), 3);
    }

    [Fact]
    public void Forget_BarsCountedAnew_KnowsNone()
    {
        var watch = Fed(1_500, static i => i % 10 == 3 ? 50 : 10, 5);
        watch.Forget();

        Assert.Equal(0, watch.Period);
        Assert.Equal(double.NaN, watch.LevelOf(1_513));
        Assert.Equal(double.PositiveInfinity, watch.Distance(1_513, 10));
    }

    [Fact]
    public void Push_ACycleThatIsMissed_IsToldByItsPeriod()
    {
        var detector = new AnomalyDetector();
        var said = new List<string>();
        for (var i = 0; i < 4_000; i++)
        {
            // Twenty bars of work in each seventy; once they do not come.
            var isWork = i % 70 < 20 && i is < 3_570 or >= 3_640;
            if (detector.Push(i * s_step, (isWork ? 100 : 10) + Noise(i, 1)) < AnomalyDetector.Anomalous) continue;
            Assert.InRange(i, 3_570, 3_720);
            said.Add(EvidenceWords.Say(detector));
        }

        Assert.Contains(said, static one => Regex.IsMatch(one, "^not at this point of its cycle of 6 h: usually about [0-9.]+, got [0-9.]+$"));
    }

    private static readonly double[] s_noise = Uniform(4_000);

    private static double Noise(int i, double size) => size * (s_noise[i] - 0.5);

    private static double[] Uniform(int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
    }

    private static PeriodWatch Fed(int bars, Func<int, double> value, double spread)
    {
        var watch = new PeriodWatch();
        for (var i = 0; i < bars; i++) watch.Take(i, value(i), 0, spread);
        return watch;
    }
}
