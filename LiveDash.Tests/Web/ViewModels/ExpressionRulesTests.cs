using LiveDash.Core.Alerts;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Query;
using LiveDash.Core.Rules;
using LiveDash.Tests.Shared;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

/// <summary>What of rules and alerts belongs on the panel of an expression.</summary>
public sealed class ExpressionRulesTests
{
    private static readonly FieldFormat s_format = FieldFormat.Of(FieldConfig.Default, ValueUnit.Number);

    [Theory]
    [InlineData("sum by (shop) (rate(orders[5m]))", "promql", "sum by(shop)(rate(orders[5m])) > 3", true)]
    [InlineData("(sum by (shop) (rate(orders[5m])))", "promql", "3 < sum by (shop) (rate(orders[5m]))", true)]
    [InlineData("load > 80", "promql", "load > 80", true)]
    [InlineData("load > 80", "promql", "load > 90", true)]
    [InlineData("load", "promql", "absent(load)", false)]
    [InlineData("load", "promql", "load{host=\"a\"} > 3", false)]
    [InlineData("mean(cpu.load{host=*}, 30s)", "livedash", "avg(cpu.load{host=*},30s) > 80 for 10s", true)]
    [InlineData("mean(cpu.load{host=*}, 30s)", "promql", "mean(cpu.load{host=*}, 30s) > 80", true)]
    [InlineData("mean(cpu.load{host=*}, 30s)", "livedash", "mean(cpu.load{host=*}, 1m) > 80", false)]
    public void Of_Rule_IsAboutWhatItCompares(string shown, string language, string rule, bool isAbout)
    {
        var model = Rule(rule, language);
        Assert.Equal(isAbout, ExpressionRules.IsAbout(model, PromQuery.Parse(shown)));
        Assert.Equal(isAbout ? 1 : 0, ExpressionRules.Of([model], PromQuery.Parse(shown)).Count);
        Assert.Empty(ExpressionRules.Of([Rule(rule, language, paused: true)], PromQuery.Parse(shown)));
    }

    [Fact]
    public void Thresholds_OfRulesAboutIt_AreDrawnWithTheirSteps()
    {
        var rules = new[] { Rule("load > 80", "promql", steps: "critical 95"), Rule("mean(load, 1m) < 5 critical 2", "livedash") };
        var shown = ChartThresholds.Of(FieldConfig.Default, rules, s_format);
        Assert.Equal([(80.0, "warn", false), (95.0, "crit", false), (5.0, "warn", true), (2.0, "crit", true)], shown.Select(static one => (one.Value, one.Severity, one.Below)));
        Assert.Empty(ChartThresholds.Of(FieldConfig.Default with { RuleThresholds = false }, rules, s_format));
    }

    [Fact]
    public void Marks_OfRulesAboutIt_AreTheirEpisodes()
    {
        var episodes = new[] { Episode("a", 100), Episode("b", 200), Episode("a", 300) };
        Assert.Equal(["a-100", "a-300"], ChartMarks.Of(episodes, new HashSet<string> { "a" }, 0).Select(static mark => mark.Episode).Order());
    }

    [Fact]
    public void PanelAlerts_OfAnExpression_AreThoseOfTheRulesAboutIt()
    {
        var alert = SampleAlerts.Firing("r", "load{host=a}") with { Rule = Rule("load > 80", "promql") };
        var about = new DashboardPanel { Id = "1", Kind = PanelKind.Chart, Expression = new PanelExpression("load") };
        var other = about with { Id = "2", Expression = new PanelExpression("load * 2") };
        var broken = about with { Id = "3", Expression = new PanelExpression("load *") };

        var found = PanelAlerts.Of([alert], [about, other, broken]);

        Assert.Equal(("1", "above 80"), (Assert.Single(found).Key, found["1"].Reason));
    }

    private static Episode Episode(string rule, int at) => new()
    {
        Id = $"{rule}-{at}", AlertId = rule, RuleId = rule, RuleName = rule, Series = "expression", FiredAt = at * TimeSpan.TicksPerSecond,
    };

    private static RuleModel Rule(string expr, string language, bool paused = false, string steps = "") =>
        RuleReader.TryRead(new RuleConfig { Id = "r", Name = "r", Expr = expr, Language = language, Paused = paused, Steps = steps }, out var rule, out var faults)
            ? rule
            : throw new ArgumentException(string.Join(' ', faults.Select(static fault => fault.Detail)), nameof(expr));
}
