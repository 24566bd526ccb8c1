using LiveDash.Core.Detection;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

/// <summary>What the page Anomalies says of a series.</summary>
public sealed class AnomalyRowTests
{
    private static readonly long s_step = 5 * TimeSpan.TicksPerMinute;

    [Theory]
    [InlineData(0, "waits for points")]
    [InlineData(258, "learning, 40 min to go")]
    [InlineData(400, "as usual")]
    public void Words_BarsSoFar_SayHowLongItStillLearns(int bars, string words) => Assert.Equal(words, Row(bars, 10).Words);

    [Fact]
    public void Words_StrangeNow_AreItsReason() => Assert.Matches("^seen lately 10[0-9.]* to 1[01][0-9.]*, got 40$", Row(400, 40).Words);

    private static AnomalyRow Row(int bars, double last)
    {
        var detector = new AnomalyDetector();
        var random = new Random(1);
        for (var i = 0; i < bars; i++) detector.Push(i * s_step, i == bars - 1 && last > 20 ? last : 10 + random.NextDouble());
        return new AnomalyRow(0, "x", AnomalyReading.Of(detector), 0, [], 0, []);
    }
}
