using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Rules;

namespace LiveDash.Tests.Core.Alerts;

public sealed class FormerRulesTests
{
    [Theory]
    [InlineData("anomaly(x, 300) > 5", "(zscore(x, 300) > 5 or zscore(x, 300) < -5)")]
    [InlineData("anomaly(x{host=*}, 5m) >= 3.5 for 10s", "(zscore(x{host=*}, 5m) >= 3.5 or zscore(x{host=*}, 5m) <= -3.5) for 10s")]
    [InlineData("anomaly(x) > 4", "(zscore(x, 300) > 4 or zscore(x, 300) < -4)")]
    [InlineData("anomaly(x, 300)", "(zscore(x, 300) > 5 or zscore(x, 300) < -5)")]
    public void Read_ZScoreOfAnEarlierVersion_KeepsItsMeaning(string former, string now)
    {
        Assert.Equal(now, FormerRules.Read(former));
        Assert.True(RuleExpression.TryParse(now, out _, out _));
    }

    [Theory]
    [InlineData("anomaly(x)")]
    [InlineData("anomaly(x{host=*}, high) for 10m")]
    [InlineData("mean(anomaly.count, 30s) > 5")]
    [InlineData("anomaly(x) and mean(x, 30s) > 5")]
    public void Read_RuleOfToday_StaysAsItIs(string text) => Assert.Equal(text, FormerRules.Read(text));
}
