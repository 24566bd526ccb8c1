using LiveDash.Core.Rules;
using LiveDash.Core.Rules.Files;

namespace LiveDash.Tests.Core.Rules;

/// <summary>Rules out to a file and back, and what is told of files that are wrong.</summary>
public sealed class RuleFileTests
{
    private static readonly RuleConfig Full = new()
    {
        Id = "hot-1", Name = "Hot: #1 \"host\", - 'it'", Expr = "mean(cpu.load{host=*}, 30s) > 80 critical 95 for 10s keep 5s clear 70", Severity = "critical",
        Channels = ["ops", "on", "12"], Labels = new Dictionary<string, string> { ["team"] = "true", ["empty"] = "", ["n"] = "007" }, Message = "{series} at {value}\nsecond line: {rule}",
        Paused = true, StaleAfter = "2m", OnMissing = "resolve", OnNoData = "alert", OnError = "ok", AllowPartial = true,
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Export_EveryMember_ReadsBackTheSame(bool asYaml)
    {
        var plain = new RuleConfig { Id = "plain", Name = "plain", Expr = "last(x, 1) > 1" };
        var text = asYaml ? RuleFileWriter.ToYaml([Full, plain]) : RuleFileWriter.ToJson([Full, plain]);
        var content = RuleFileReader.Read(text, default);
        Assert.Empty(content.Faults);
        Assert.Equal(2, content.Rules.Count);
        Assert.Equal(RuleFileWriter.ToJson([Full, plain]), RuleFileWriter.ToJson(content.Rules));
        Assert.Equal(Full.Labels, content.Rules[0].Labels);
        Assert.Equal(Full with { Channels = [], Labels = Full.Labels }, content.Rules[0] with { Channels = [], Labels = Full.Labels });
    }

    [Fact]
    public void Read_FaultyRuleAmongGoodOnes_NamesItsLineAndKeepsTheOthers()
    {
        var content = RuleFileReader.Read("rules:\n- name: good\n  expr: last(x, 1) > 1\n- name: bad\n  expr: last(x, 1) >\n- name: odd\n  expr: last(x, 1) > 1\n  servety: info\n", default);
        Assert.Equal(["good"], content.Rules.Select(static r => r.Id));
        Assert.Equal([(5, "bad"), (8, "odd")], content.Faults.Select(static f => (f.Line, f.Rule!)));
        Assert.Contains("severity", content.Faults[1].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rules: [", 2)]
    [InlineData("a: 1\n", 1)]
    [InlineData("", 1)]
    [InlineData("rules:\n- &a {name: x, expr: 'last(x, 1) > 1'}\n- *a\n", 3)]
    public void Read_NoRuleFile_IsToldByLine(string text, int line)
    {
        var content = RuleFileReader.Read(text, default);
        Assert.Empty(content.Rules);
        Assert.Equal(line, Assert.Single(content.Faults).Line);
    }

    [Theory]
    [InlineData("up{job=~\"a.*\"} == 0", "last(up{job=a*}, 1) == 0")]
    [InlineData("avg_over_time(load{instance=~\".*\"}[5m]) > 1.5", "mean(load{instance=*}, 5m) > 1.5")]
    [InlineData("quantile_over_time(0.99, lat{instance=~\".+\"}[10m]) >= 2", "p99(lat{instance=*}, 10m) >= 2")]
    [InlineData("rate(errors_total{job=\"a\",instance=~\".*\"}[1m]) > 5", "rate(errors_total{instance=*,job=a}, 1m) > 5")]
    [InlineData("absent(up{job=\"a\"})", "absent(up{job=a}, 5m)")]
    public void Prometheus_WithAnEquivalent_IsTranslated(string promql, string expected)
    {
        var content = RuleFileReader.Read(Group($"alert: A\n    expr: {Quote(promql)}\n    for: 10m\n    keep_firing_for: 1m\n    labels: {{severity: critical, team: ops}}\n    annotations: {{summary: 'at {{{{ $value }}}}'}}"), default);
        Assert.DoesNotContain(content.Faults, static f => !f.IsNote);
        var rule = Assert.Single(content.Rules);
        Assert.Equal((RuleExpression.Parse(expected + " for 10m keep 1m").ToString(), "critical", "at {value}", "ops"), (rule.Expr, rule.Severity, rule.Message, rule.Labels["team"]));
    }

    [Theory]
    [InlineData("sum by (job) (rate(x[5m])) > 1")]
    [InlineData("x / y > 0.5")]
    [InlineData("x{job!=\"a\"} > 1")]
    [InlineData("x{job=~\"a|b\"} > 1")]
    [InlineData("histogram_quantile(0.9, x[5m]) > 1")]
    [InlineData("x > 1 and y > 1")]
    [InlineData("x offset 5m > 1")]
    public void Prometheus_WithoutAnEquivalent_IsListedByLineAndNotGuessed(string promql)
    {
        var content = RuleFileReader.Read(Group("alert: A\n    expr: " + Quote(promql)), default);
        Assert.Empty(content.Rules);
        Assert.Equal((4, "A"), (Assert.Single(content.Faults).Line, content.Faults[0].Rule));
    }

    [Fact]
    public void Prometheus_SelectorWithoutWildcard_IsReadForOneSeriesAndSaysSo()
    {
        var content = RuleFileReader.Read(Group("alert: A\n    expr: up == 0\n    labels: {severity: page}"), default);
        Assert.Equal("last(up, 1) == 0", Assert.Single(content.Rules).Expr);
        Assert.Equal(2, content.Faults.Count);
        Assert.All(content.Faults, static f => Assert.True(f.IsNote));
    }

    private static string Group(string rule) => $"groups:\n- name: g\n  rules:\n  - {rule}\n";

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
