using LiveDash.Core.Rules;
using LiveDash.Core.Rules.Files;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Rules;

public sealed class PrometheusRuleWriterTests
{
    private static readonly RuleConfig[] s_rules =
    [
        new() { Id = "a", Name = "A", Language = "promql", Expr = "sum by (job) (rate(x_total[5m])) > 1", For = "5m", Severity = "critical", Group = "g", File = "f.yml", Annotations = new Dictionary<string, string> { ["summary"] = "{{ $labels.job }}: {{ $value }}" } },
        new() { Id = "r", Name = "r", Language = "promql", Expr = "sum(x)", Record = "job:x:sum", Group = "g", File = "f.yml" },
        new() { Id = "m", Name = "hot", Expr = "mean(node_load1{instance=web*}, 30s) > 80 for 10s" },
        new() { Id = "s", Name = "odd", Expr = "anomaly(x)" },
    ];

    [Fact]
    public void ToYaml_Rules_AreReadBackOrToldAsLeftOut()
    {
        var text = PrometheusRuleWriter.ToYaml(s_rules);
        Assert.StartsWith("# 'odd' says what PromQL cannot, and was left out.", text, StringComparison.Ordinal);
        var content = RuleFileReader.Read(text, default);
        Assert.Empty(content.Faults);
        Assert.Equal(["sum by (job) (rate(x_total[5m])) > 1", "sum(x)", "avg_over_time(node_load1{instance=~\"web.*\"}[30000ms]) > 80"], content.Rules.Select(static rule => rule.Expr));
        Assert.Equal(("5m", "critical", "10000ms"), (content.Rules[0].For, content.Rules[0].Severity, content.Rules[2].For));
    }

    [ToolFact("promtool")]
    public async Task ToYaml_Rules_PromtoolAccepts()
    {
        using var directory = new TempDirectory();
        var file = Path.Combine(directory.Path, "rules.yml");
        await File.WriteAllTextAsync(file, PrometheusRuleWriter.ToYaml(s_rules));
        Assert.Contains("3 rules found", await Tool.RunAsync("promtool", "check", "rules", file), StringComparison.Ordinal);
    }
}
