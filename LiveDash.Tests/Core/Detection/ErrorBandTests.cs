using LiveDash.Core.Detection;

namespace LiveDash.Tests.Core.Detection;

/// <summary>The band of forecasts holds its coverage whatever the errors do, told at once or a horizon later.</summary>
public sealed class ErrorBandTests
{
    [Theory]
    [InlineData("steady", 1)]
    [InlineData("steady", 73)]
    [InlineData("grows tenfold", 1)]
    [InlineData("grows tenfold", 73)]
    [InlineData("falls to a tenth", 73)]
    [InlineData("heavy", 73)]
    [InlineData("bursts", 73)]
    public void Take_ErrorsOfAKind_NinetyFiveOfHundredLieInTheBandsThatWereTold(string kind, int horizon)
    {
        const int count = 4_000;
        var random = new Random(3);
        var band = new ErrorBand();
        var told = new double[count + horizon];
        var (within, judged, burst) = (0, 0, 0);
        for (var i = 0; i < count; i++)
        {
            var uniform = random.NextDouble();
            // Bursts of two hours, one bar of twelve in them.
            if (burst-- <= 0 && random.Next(250) == 0) burst = 24;
            var error = kind switch
            {
                "grows tenfold" => uniform * (i < count / 2 ? 1 : 10),
                "falls to a tenth" => uniform * (i < count / 2 ? 1 : 0.1),
                "heavy" => Math.Pow(1 - uniform, -0.5),
                "bursts" => burst > 0 ? 100 * uniform : 0,
                _ => uniform,
            };
            var half = i < 48 + horizon ? double.NaN : told[i];
            if (!double.IsNaN(half)) (judged, within) = (judged + 1, within + (error <= half ? 1 : 0));
            band.Take(error, half);
            told[i + horizon] = band.Half;
        }

        Assert.InRange(within / (double)judged, 0.92, 0.98);
        Assert.InRange(band.Coverage, 0.9, 1);
    }

    [Fact]
    public void Coverage_OfBandsThatWereNotTold_IsNotKnown()
    {
        var band = new ErrorBand();
        for (var i = 0; i < 100; i++) band.Take(i, double.NaN);
        Assert.Equal(double.NaN, band.Coverage);
        Assert.InRange(band.Half, 90, 100);

        band.Take(5, 10);
        Assert.Equal(1, band.Coverage);
        band.Take(50, 10);
        Assert.Equal(0.5, band.Coverage);
    }

    [Fact]
    public void Half_ErrorThatIsAlwaysTheSame_HoldsIt()
    {
        var band = new ErrorBand();
        for (var i = 0; i < 2_000; i++)
        {
            band.Take(1 / 3.0, band.Half);
            // More than it needs is narrowed; what misses is widened.
            Assert.InRange(band.Half, 0.05, 1);
        }

        Assert.InRange(band.Coverage, 0.92, 1);
    }
}
