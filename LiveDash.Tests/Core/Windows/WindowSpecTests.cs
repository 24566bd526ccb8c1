using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Tests.Core.Windows;

public class WindowSpecTests
{
    [Theory]
    [InlineData("500", "500")]
    [InlineData(" 500 points ", "500")]
    [InlineData("1 point", "1")]
    [InlineData("30s", "30s")]
    [InlineData("60s", "1m")]
    [InlineData("5m", "5m")]
    [InlineData("1h30m", "90m")]
    [InlineData("1.5s", "1500ms")]
    [InlineData("2w", "14d")]
    [InlineData("tumbling 1m", "tumbling 1m")]
    [InlineData("Hopping 5m/30s", "hopping 5m/30s")]
    [InlineData("hopping 5m / 30s", "hopping 5m/30s")]
    [InlineData("session 30s", "session 30s")]
    public void TryParse_GoodText_CanonicalTextReadsBack(string text, string canonical)
    {
        Assert.True(WindowSpec.TryParse(text, out var spec, out _));
        Assert.Equal(canonical, spec.ToString());
        Assert.Equal(spec, WindowSpec.Parse(canonical));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("5 cats")]
    [InlineData("99999999999")]
    [InlineData("1.5")]
    [InlineData("30x")]
    [InlineData("s")]
    [InlineData("0s")]
    [InlineData("0.1ms")]
    [InlineData("400d")]
    [InlineData("tumbling")]
    [InlineData("tumbling 5")]
    [InlineData("hopping 5m")]
    [InlineData("hopping 30s/5m")]
    [InlineData("session soon")]
    public void TryParse_BadText_SaysWhy(string? text)
    {
        Assert.False(WindowSpec.TryParse(text, out var spec, out var error));
        Assert.Null(spec);
        Assert.EndsWith(".", error);
    }

    [Theory]
    [InlineData("mean", "mean")]
    [InlineData("AVG", "mean")]
    [InlineData("median", "p50")]
    [InlineData("p99.9", "p99.9")]
    [InlineData("ewma 30s", "ewma 30s")]
    [InlineData("above 80", "above 80")]
    [InlineData("below -1.5", "below -1.5")]
    [InlineData("forecast", "forecast")]
    [InlineData("forecast_low 24", "forecast_low 24")]
    [InlineData("zscore", "zscore")]
    public void AggregateTryParse_GoodText_CanonicalTextReadsBack(string text, string canonical)
    {
        Assert.True(AggregateSpec.TryParse(text, out var spec, out _));
        Assert.Equal(canonical, spec.ToString());
        Assert.Equal(spec, AggregateSpec.Parse(canonical));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("meen")]
    [InlineData("p101")]
    [InlineData("p")]
    [InlineData("mean 5")]
    [InlineData("ewma")]
    [InlineData("ewma 5")]
    [InlineData("above")]
    [InlineData("above nan")]
    [InlineData("forecast 1")]
    [InlineData("mean of all")]
    public void AggregateTryParse_BadText_SaysWhy(string? text)
    {
        Assert.False(AggregateSpec.TryParse(text, out var spec, out var error));
        Assert.Null(spec);
        Assert.EndsWith(".", error);
    }
}
