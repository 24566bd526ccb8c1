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

    [Fact]
    public void Prometheus_Groups_KeepTheirMeaning()
    {
        var content = RuleFileReader.Read(Group("alert: A\n    expr: sum by (job) (rate(errors_total[5m])) > 1\n    for: 0m\n    keep_firing_for: 1m\n    labels: {severity: page, team: ops}\n    annotations: {summary: 'at {{ $value | humanize }}'}\n  - record: job:errors:rate5m\n    expr: sum by (job) (rate(errors_total[5m]))"), default, "web.yml");
        Assert.Equal(["The rule was read as a warning: severity 'page' is none of info, warning and critical, and stays as a label."], content.Faults.Select(static fault => fault.Detail));
        var (alert, record) = (content.Rules[0], content.Rules[1]);
        Assert.Equal(("promql", "A", "sum by (job) (rate(errors_total[5m])) > 1", "", "1m", "warning", "g", "web.yml"), (alert.Language, alert.Name, alert.Expr, alert.For, alert.KeepFiringFor, alert.Severity, alert.Group, alert.File));
        Assert.Equal(("page", "ops", "at {{ $value | humanize }}"), (alert.Labels["severity"], alert.Labels["team"], alert.Annotations["summary"]));
        Assert.Equal((true, "job:errors:rate5m"), (record.IsRecording, record.Record));
    }

    [Fact]
    public void Prometheus_SameNames_AreKeptApartByFileGroupAndPlace()
    {
        const string Two = "alert: A\n    expr: up == 0\n  - alert: A\n    expr: up == 1";
        var one = RuleFileReader.Read(Group(Two), default, "a.yml");
        var other = RuleFileReader.Read(Group(Two), default, "b.yml");
        Assert.Equal(4, one.Rules.Concat(other.Rules).Select(static rule => rule.Id).Distinct().Count());
        Assert.Equal(one.Rules.Select(static rule => rule.Id), RuleFileReader.Read(Group(Two), default, "a.yml").Rules.Select(static rule => rule.Id));
    }

    [Theory]
    [InlineData("expr: sum(", "expr, at 1:5: ")]
    [InlineData("expr: up[5m]", "A rule's expression yields a vector")]
    [InlineData("expr: up == 0\n    fro: 5m", "'fro' is not a member")]
    [InlineData("expr: up == 0\n    for: soon", "'for' is a duration")]
    [InlineData("expr: up == 0\n    for: 12y", "'for' is a duration of at most 3,660 days")]
    [InlineData("expr: up == 0\n    annotations: {summary: '{{ nothing }}'}", "function \"nothing\" not defined")]
    public void Prometheus_Faulty_IsListedByLineAndRule(string rest, string words)
    {
        var content = RuleFileReader.Read(Group("alert: A\n    " + rest), default);
        Assert.Empty(content.Rules);
        var fault = Assert.Single(content.Faults);
        Assert.Equal("A", fault.Rule);
        Assert.Contains(words, fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Prometheus_GroupLabels_AreTheirRulesLabels()
    {
        var content = RuleFileReader.Read("groups:\n- name: g\n  labels: {team: ops, severity: critical}\n  rules:\n  - {alert: A, expr: up == 0}\n  - {alert: B, expr: up == 0, labels: {team: web, severity: info}}\n  - {record: r, expr: sum(up)}\n", default);
        Assert.Empty(content.Faults);
        Assert.Equal([("critical", "ops"), ("info", "web")], content.Rules.Take(2).Select(static rule => (rule.Severity, rule.Labels["team"])));
        Assert.Equal("ops", content.Rules[2].Labels["team"]);
    }

    [Theory]
    [InlineData("groups:\n- name: g\n  limit: 5\n  query_offset: 1m\n  rules:\n  - {alert: A, expr: up == 0}\n", 1, "3 'limit',4 'query_offset'")]
    [InlineData("groups:\n- name: g\n  limit: 0\n  rules:\n  - {alert: A, expr: up == 0}\n", 1, "")]
    [InlineData("groups:\n- one\n- name: g\n  rules:\n  - two\n  - {alert: A, expr: up == 0}\n- name: h\n  rules: three\n", 1, "2 mapping,5 mapping,7 list")]
    [InlineData("groups:\n- name: g\n  rules:\n", 0, "")]
    public void Prometheus_WhatHasNoPlace_IsToldByLine(string text, int rules, string told)
    {
        var content = RuleFileReader.Read(text, default);
        Assert.Equal(rules, content.Rules.Count);
        var expected = told.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static one => one.Split(' ')).ToArray();
        Assert.Equal(expected.Select(static one => int.Parse(one[0], System.Globalization.CultureInfo.InvariantCulture)), content.Faults.Select(static fault => fault.Line));
        Assert.All(content.Faults.Zip(expected), static pair => Assert.Contains(pair.Second[1], pair.First.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public void Prometheus_AListOfObjects_IsReadWhole() =>
        Assert.Equal(2, RuleFileReader.Read("kind: List\nitems:\n- kind: PrometheusRule\n  spec: {groups: [{name: g, rules: [{alert: A, expr: up == 0}]}]}\n- spec: {groups: [{name: h, rules: [{alert: A, expr: up == 0}]}]}\n", default).Rules.Count);

    [Theory]
    [InlineData("1y", 365 * 24 * 60)]
    [InlineData("2w", 14 * 24 * 60)]
    [InlineData("1y2w3d4h5m", ((365 + 14 + 3) * 24 * 60) + (4 * 60) + 5)]
    [InlineData("90m", 90)]
    [InlineData("0m", 0)]
    [InlineData("0h0m", 0)]
    public void Prometheus_DurationOfAnyUnit_IsHowLongItHolds(string written, int minutes)
    {
        var rule = Assert.Single(RuleFileReader.Read(Group($"alert: A\n    expr: up == 0\n    for: {written}\n    keep_firing_for: {written}"), default).Rules);
        Assert.True(RuleReader.TryRead(rule, out var model, out var faults), string.Join('\n', faults.Select(static fault => fault.Detail)));
        Assert.Equal((TimeSpan.FromMinutes(minutes), TimeSpan.FromMinutes(minutes)), (model!.Expression.For, model.Expression.Keep));
    }

    [Fact]
    public void Prometheus_OfTheOperator_IsRead() =>
        Assert.Single(RuleFileReader.Read("kind: PrometheusRule\nspec:\n  groups:\n  - name: g\n    rules:\n    - {alert: A, expr: up == 0}\n", default).Rules);

    [Fact]
    public void OwnFile_OfARuleInPromQl_ComesBackWithoutLoss()
    {
        var rule = new RuleConfig
        {
            Id = "a", Name = "A", Language = "promql", Expr = "up < 3", For = "5m", KeepFiringFor = "1m", Clear = "4", Steps = "critical 1", Group = "g", File = "f.yml", Annotations = new Dictionary<string, string> { ["summary"] = "{{ $labels.job }}" },
        };
        foreach (var text in new[] { RuleFileWriter.ToYaml([rule]), RuleFileWriter.ToJson([rule]) })
        {
            var content = RuleFileReader.Read(text, default);
            Assert.Empty(content.Faults);
            Assert.Equal(RuleFileWriter.ToJson([rule]), RuleFileWriter.ToJson(content.Rules));
        }
    }

    private static string Group(string rule) => $"groups:\n- name: g\n  rules:\n  - {rule}\n";
}
