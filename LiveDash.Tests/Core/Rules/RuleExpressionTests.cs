using LiveDash.Core.Rules;

namespace LiveDash.Tests.Core.Rules;

public sealed class RuleExpressionTests
{
    [Theory]
    [InlineData("mean(cpu.load, 30s) > 80 for 10s keep 5s clear 70")]
    [InlineData("p99(latency{host=*}, 500) >= 0.25")]
    [InlineData("rate(net.rx_bytes{if=eth0}, tumbling 1m) < 5")]
    [InlineData("mean(x, hopping 5m/30s) == 1")]
    [InlineData("max(x, session 30s) != -1.5")]
    [InlineData("absent(backup.done, 1d) for 5m")]
    [InlineData("outside(room.temp, 5m, -10, 20.5) keep 1m")]
    [InlineData("anomaly(x)")]
    [InlineData("anomaly(x{host=*}, low) for 10m")]
    [InlineData("ewma 30s(x, 5m) > 1")]
    [InlineData("above 80(x, 5m) > 0.5")]
    [InlineData("mean(a, 1m) > 1 and not (mean(b, 1m) < 2 or absent(c, 10s))")]
    [InlineData("mean(a, 1m) > 1 and mean(b, 1m) > 1 or mean(c, 1m) > 1")]
    [InlineData("mean(a, 1m) > 80 warning 85 critical 95 for 10s clear 70")]
    [InlineData("mean(http{uri=\"/users/{id},x)\"}, 1m) > 1")]
    public void Parse_CanonicalText_ComesBackUnchanged(string text) => Assert.Equal(text, RuleExpression.Parse(text).ToString());

    [Theory]
    [InlineData("  MEAN ( cpu.load ,30s )>80 FOR 600s", "mean(cpu.load, 30s) > 80 for 10m")]
    [InlineData("avg(x, 100 points) = 3", "mean(x, 100) == 3")]
    [InlineData("Anomaly( x , Medium)", "anomaly(x)")]
    [InlineData("((mean(x, 1m) > 1))", "mean(x, 1m) > 1")]
    public void Parse_LooseText_GetsItsCanonicalForm(string text, string expected) => Assert.Equal(expected, RuleExpression.Parse(text).ToString());

    [Theory]
    [InlineData("", 0, "condition")]
    [InlineData("mean(cpu.load, 30s) >> 80", 20, "not a comparison")]
    [InlineData("mean(cpu.load, 30s) 80", 20, "comparison")]
    [InlineData("mean(cpu.load, 30s) > hot", 22, "not a number")]
    [InlineData("mean(cpu.load, 30s) > 1e999", 22, "not a number")]
    [InlineData("moan(cpu.load, 30s) > 80", 0, "moan")]
    [InlineData("mean(cpu.load) > 80", 13, "','")]
    [InlineData("mean(cpu.load, 30q) > 80", 15, "30q")]
    [InlineData("mean(, 30s) > 80", 5, "series")]
    [InlineData("mean(cpu{host=a, 30s) > 80", 5, "'}'")]
    [InlineData("mean(x, 1m) > 80 for soon", 21, "duration")]
    [InlineData("mean(x, 1m) > 80 for 1s for 2s", 24, "twice")]
    [InlineData("mean(x, 1m) > 80 clear 90", 23, "never")]
    [InlineData("mean(x, 1m) < 5 clear 4", 22, "never")]
    [InlineData("mean(x, 1m) > 80 critical 70", 26, "beyond")]
    [InlineData("mean(x, 1m) > 1 and mean(y, 1m) > 2 clear 1", 36, "one comparison")]
    [InlineData("(mean(x, 1m) > 1", 16, "')'")]
    [InlineData("mean(x, 1m) > 1 banana", 16, "banana")]
    [InlineData("outside(x, 1m, 20, 10)", 19, "below")]
    [InlineData("anomaly(x, 300)", 11, "low, medium or high")]
    [InlineData("anomaly(x) > 5", 13, "zscore")]
    public void Parse_Faulty_NamesThePlace(string text, int position, string about)
    {
        Assert.False(RuleExpression.TryParse(text, out _, out var fault));
        Assert.Equal(position, fault.Position);
        Assert.Contains(about, fault.Detail, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Parse_DeepNesting_IsRefused()
    {
        var text = new string('(', 100) + "mean(x, 1m) > 1" + new string(')', 100);
        Assert.False(RuleExpression.TryParse(text, out _, out var fault));
        Assert.Contains("32 deep", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void SeverityAt_Steps_GivesTheLastThatHolds()
    {
        var rule = RuleExpression.Parse("mean(x, 1m) > 80 warning 85 critical 95");
        Assert.Equal(Severity.Info, rule.SeverityAt(81, Severity.Info));
        Assert.Equal(Severity.Warning, rule.SeverityAt(90, Severity.Info));
        Assert.Equal(Severity.Critical, rule.SeverityAt(96, Severity.Info));
    }

    [Fact]
    public void Read_ManyFaults_AreToldAtOnce()
    {
        var config = new RuleConfig { Name = "", Expr = "no", Severity = "loud", StaleAfter = "x", OnMissing = "x", OnNoData = "2", Id = "a b" };
        Assert.False(RuleReader.TryRead(config, out _, out var faults));
        Assert.Equal(["expr", "id", "name", "onMissing", "onNoData", "severity", "staleAfter"], faults.Select(f => f.Field).Order());
    }

    [Theory]
    [InlineData("sum by (shop) (orders) > 40", true)]
    [InlineData("sum by (shop (orders) > 40", false)]
    public void Rule_WhoseTextIsPromQl_IsToldWhatToSay(string expr, bool isPromQl)
    {
        Assert.False(RuleReader.TryRead(new RuleConfig { Id = "one", Name = "one", Expr = expr }, out _, out var faults));

        Assert.Equal(isPromQl, Assert.Single(faults).Detail.EndsWith("such a rule has the language promql.", StringComparison.Ordinal));
    }
}
