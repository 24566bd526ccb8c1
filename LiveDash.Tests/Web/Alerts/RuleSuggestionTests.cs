using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Rules;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.Alerts;

public sealed class RuleSuggestionTests
{
    [Theory]
    [InlineData(null, null, "mean(cpu.load, 30s) > 5 for 10s")]
    [InlineData("last", null, "mean(cpu.load, 30s) > 5 for 10s")]
    [InlineData("p99", "5m", "p99(cpu.load, 5m) > 5 for 10s")]
    [InlineData("nonsense", "parsecs", "mean(cpu.load, 30s) > 5 for 10s")]
    public void Text_OfWhatIsShown_CanBeRead(string? aggregate, string? window, string expected)
    {
        var text = RuleSuggestion.Text("cpu.load", aggregate, window, 5);

        Assert.Equal(expected, text);
        Assert.True(RuleExpression.TryParse(text, out _, out _));
    }

    [Theory]
    [InlineData(12, ValueUnit.Percent, 90)]
    [InlineData(88, ValueUnit.Percent, 95)]
    [InlineData(100, ValueUnit.Percent, 99)]
    [InlineData(0.4, ValueUnit.Ratio, 0.9)]
    [InlineData(231, ValueUnit.Milliseconds, 260)]
    [InlineData(0.0123, ValueUnit.Seconds, 0.014)]
    [InlineData(-5, ValueUnit.Celsius, -4.5)]
    [InlineData(0, ValueUnit.Number, 1)]
    public void Threshold_OfAHistory_LiesALittleBeyond(double highest, ValueUnit unit, double expected) =>
        Assert.Equal(expected, RuleSuggestion.Threshold([new PreviewLine("x", [new(0, 0, Math.Min(0, highest), highest, 0, 0, 2)])], unit)!.Value, 9);

    [Fact]
    public void Threshold_NoHistory_IsNotKnown() => Assert.Null(RuleSuggestion.Threshold([], ValueUnit.Number));

    [Fact]
    public void Address_SeriesWithTags_IsEscaped() => Assert.Equal("rules/new?series=a%7Bb%3Dc%26d%7D&aggregate=ewma%2030s&over=5m", RuleSuggestion.Address("a{b=c&d}", "ewma 30s", "5m"));
}
