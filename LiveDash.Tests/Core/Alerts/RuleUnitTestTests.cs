using LiveDash.Core.Alerts.Testing;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Rules;
using LiveDash.Core.Rules.Files;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>Unit tests of rules, and the verdicts of Debian's promtool on the same files. Points lie off the grid of evaluations, since its version closes ranges on both sides.</summary>
public sealed class RuleUnitTestTests
{
    private const string Rules = """
        groups:
        - name: web
          rules:
          - record: job:errors:rate1m
            expr: sum by (job) (rate(errors_total[1m]))
          - alert: Failing
            expr: job:errors:rate1m > 0.5
            for: 2m
            labels: {severity: critical, team: shop}
            annotations: {summary: '{{ $labels.job }} fails {{ $value | printf "%.2f" }} times a second'}
          - alert: Down
            expr: up == 0
            keep_firing_for: 3m
            labels: {severity: warning}
          - alert: Plain
            expr: max(temperature) > 30
        """;

    private const string Head = "rule_files: [rules.yml]\nevaluation_interval: 1m\ntests:\n- interval: 17s\n";

    // What follows the head; each passes or fails as promtool says.
    private static readonly string[] s_tests =
    [
        """
          input_series: [{series: 'errors_total{job="api",host="a"}', values: '0+17x60'}, {series: 'errors_total{job="api",host="b"}', values: '0+1x60'}]
          alert_rule_test:
          - {eval_time: 2m, alertname: Failing}
          - eval_time: 5m
            alertname: Failing
            exp_alerts: [{exp_labels: {severity: critical, team: shop, job: api}, exp_annotations: {summary: 'api fails 1.06 times a second'}}]
        """,
        """
          input_series: [{series: 'errors_total{job="api",host="a"}', values: '0+17x60'}]
          alert_rule_test:
          - eval_time: 5m
            alertname: Failing
            exp_alerts: [{exp_labels: {severity: critical, job: other}}]
        """,
        """
          input_series: [{series: 'up{job="a"}', values: '1x10 0x10 1x30'}, {series: 'up{job="b"}', values: '1x50'}]
          alert_rule_test:
          - {eval_time: 2m, alertname: Down}
          - {eval_time: 4m, alertname: Down, exp_alerts: [{exp_labels: {severity: warning, job: a}}]}
          - {eval_time: 8m30s, alertname: Down, exp_alerts: [{exp_labels: {severity: warning, job: a}}]}
          - {eval_time: 12m, alertname: Down}
        """,
        """
          input_series: [{series: 'up{job="a"}', values: '1x10 0x10 1x30'}]
          alert_rule_test: [{eval_time: 12m, alertname: Down, exp_alerts: [{exp_labels: {severity: warning, job: a}}]}]
        """,
        """
          input_series: [{series: 'temperature{room="x"}', values: '20+1x40'}, {series: 'temperature{room="y"}', values: '_x5 10 -3.5 1e1 .5 stale'}]
          alert_rule_test: [{eval_time: 10m, alertname: Plain, exp_alerts: [{}]}, {eval_time: 1m, alertname: Plain}]
          promql_expr_test:
          - {expr: 'temperature', eval_time: 2m, exp_samples: [{labels: 'temperature{room="x"}', value: 27}, {labels: 'temperature{room="y"}', value: 1e1}]}
          - {expr: 'temperature', eval_time: 3m, exp_samples: [{labels: 'temperature{room="x"}', value: 30}]}
          - {expr: 'sum(temperature) * 2', eval_time: 3m, exp_samples: [{labels: '{}', value: 60}]}
          - {expr: 'count_over_time(temperature{room="y"}[5m])', eval_time: 3m, exp_samples: [{labels: '{room="y"}', value: 4}]}
          - {expr: 'vector(time())', eval_time: 3m, exp_samples: [{labels: '{}', value: 180}]}
          - {expr: 'nothing', eval_time: 3m}
        """,
        """
          input_series: [{series: 'temperature{room="x"}', values: '20+1x40'}]
          promql_expr_test: [{expr: 'temperature', eval_time: 2m, exp_samples: [{labels: 'temperature{room="x"}', value: 27.5}]}]
        """,
        """
          input_series: [{series: 'temperature{room="x"}', values: '20+1x40'}]
          promql_expr_test: [{expr: 'temperature', eval_time: 2m, exp_samples: []}]
        """,
        """
          input_series: [{series: 'errors_total{job="api"}', values: '0+17x20 _x40'}]
          promql_expr_test:
          - {expr: 'job:errors:rate1m', eval_time: 5m, exp_samples: [{labels: 'job:errors:rate1m{job="api"}', value: 1}]}
          - {expr: 'job:errors:rate1m', eval_time: 8m}
        """,
        """
          input_series: [{series: 'up{job="a"}', values: '0x30'}]
          alert_rule_test: [{eval_time: 3m, alertname: Down}]
        """,
        """
          input_series: [{series: 'up{job="a"}', values: '0x30'}]
          alert_rule_test: [{eval_time: 3m, alertname: Nobody}, {eval_time: 0, alertname: Down, exp_alerts: [{exp_labels: {severity: warning, job: a}}]}]
        """,
    ];

    [Fact]
    public async Task Verdicts_OfHandWrittenTests_AreAsExpected()
    {
        var verdicts = new List<bool>();
        foreach (var test in s_tests) verdicts.Add((await RunAsync(Head + test)).Passed);

        Assert.Equal([true, false, true, false, true, false, false, true, false, true], verdicts);
    }

    [ToolFact("promtool")]
    public async Task Verdicts_OfHandWrittenTests_AreThoseOfPromtool()
    {
        using var directory = new TempDirectory();
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "rules.yml"), Rules);
        for (var i = 0; i < s_tests.Length; i++)
        {
            var file = Path.Combine(directory.Path, $"test{i}.yml");
            await File.WriteAllTextAsync(file, Head + s_tests[i]);
            var said = await Tool.SayAsync("promtool", "test", "rules", file);
            var outcome = await RunAsync(Head + s_tests[i]);

            Assert.Contains(outcome.Passed ? "SUCCESS" : "FAILED", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Series_GivenTwice_IsAFailureAndNoWrongVerdict()
    {
        var outcome = await RunAsync(Head + """
              input_series: [{series: 'up{job="a"}', values: '0x30'}, {series: 'up{job="a"}', values: '1x30'}]
              alert_rule_test: [{eval_time: 3m, alertname: Down}]
            """);

        Assert.Contains("is given twice", Assert.Single(Assert.Single(outcome.Tests).Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_OfAnAlert_SaysWhatWasExpectedAndWhatIs()
    {
        var outcome = await RunAsync(Head + s_tests[8]);

        var verdict = Assert.Single(outcome.Tests);
        Assert.Equal(4, verdict.Line);
        Assert.Equal("alertname: Down, time: 3m\n  expected: nothing\n  got: labels {alertname=\"Down\", job=\"a\", severity=\"warning\"}, annotations {}", Assert.Single(verdict.Failures));
    }

    [Theory]
    [InlineData("tests: x", 1, "'tests' is a list")]
    [InlineData("tests:\n- inputs: []", 2, "'inputs' is none of")]
    [InlineData("tests:\n- input_series:\n  - {series: 'up{', values: '1'}", 3, "is no series")]
    [InlineData("tests:\n- input_series:\n  - {series: up, values: '1 two'}", 3, "'two' is no value")]
    [InlineData("tests:\n- input_series:\n  - {series: up, values: '1x100000000'}", 3, "at most 100,000 values")]
    [InlineData("tests:\n- promql_expr_test:\n  - {expr: 'sum(', eval_time: 1m}", 3, "expr, at character 5")]
    [InlineData("tests:\n- promql_expr_test:\n  - {expr: 'up', eval_time: soon}", 3, "'eval_time' is a duration")]
    [InlineData("rule_files: [other.yml]\ntests: []", 1, "other.yml")]
    [InlineData("evaluation_interval: 1s\ntests:\n- promql_expr_test:\n  - {expr: 'up', eval_time: 1000d}", 1, "evaluations of rules")]
    [InlineData("a: [", 1, "It is no YAML")]
    public async Task Faults_OfAFile_NameTheirLine(string text, int line, string about)
    {
        var outcome = await RunAsync(text);

        Assert.False(outcome.Passed);
        Assert.Contains(outcome.Faults, fault => fault.Line >= line && fault.Line <= line + 1 && fault.Detail.Contains(about, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Groups_WithinTheFile_AreTestedThemselves()
    {
        var outcome = await RunAsync("groups:\n- name: g\n  rules:\n  - {alert: Hot, expr: t > 1}\ntests:\n- input_series: [{series: t, values: '2x5'}]\n  alert_rule_test: [{eval_time: 1m, alertname: Hot, exp_alerts: [{}]}]\n");

        Assert.True(outcome.Passed, string.Join('\n', outcome.Tests.SelectMany(static test => test.Failures)));
    }

    [Theory]
    [InlineData("state(pump) == \"on\"")]
    [InlineData("count(coords, 5m, within(0 0, 5 0, 5 5)) > 1")]
    public async Task Rules_OfStatesOrPlaces_AreAFaultThatNamesThem(string expr)
    {
        var outcome = await RunAsync($"groups:\n- name: g\n  rules:\n  - {{alert: Hot, expr: '{expr}'}}\ntests:\n- alert_rule_test: [{{eval_time: 1m, alertname: Hot}}]\n");

        Assert.Equal("Hot", Assert.Single(outcome.Faults).Rule);
        Assert.Contains("state() and within() cannot be tested", outcome.Faults[0].Detail, StringComparison.Ordinal);
        var asked = await RunAsync($"tests:\n- promql_expr_test: [{{eval_time: 1m, expr: '{expr}'}}]\n");
        Assert.Contains(expr, Assert.Single(asked.Faults).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_OfManySeries_AreBoundedTogether()
    {
        var outcome = await RunAsync("tests:\n- input_series:\n" + string.Concat(Enumerable.Range(0, 11).Select(static i => $"  - {{series: 's{i}', values: '1x99990'}}\n")));

        var fault = Assert.Single(outcome.Faults);
        Assert.Equal(13, fault.Line);
        Assert.Contains("1,000,000 values together", fault.Detail, StringComparison.Ordinal);
    }

    private static Task<RuleTestOutcome> RunAsync(string text)
    {
        var rules = RuleFileReader.Read(Rules, default, "rules.yml").Rules.Select(static config => RuleReader.TryRead(config, out var rule, out _) ? rule : throw new InvalidOperationException(config.Expr));
        return new RuleTestRunner(new Limits(), new QueryLimits(), TimeProvider.System).RunAsync(RuleTestReader.Read(text, default), new RuleSet([.. rules]), default);
    }
}
