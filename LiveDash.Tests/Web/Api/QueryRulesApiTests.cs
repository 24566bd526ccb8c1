using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web.Api;

/// <summary>Rules in PromQL in the true app: made, imported, judged as points come, kept over a restart.</summary>
public sealed class QueryRulesApiTests
{
    private const string File = """
        groups:
        - name: web
          rules:
          - alert: TooManyErrors
            expr: errors / on (job) group_left requests > 0.5
            labels: {severity: critical}
            annotations: {summary: '{{ $labels.job }} on {{ $labels.host }} fails {{ $value | humanizePercentage }}'}
          - alert: Gone
            expr: absent(nowhere{job="x"})
          - record: job:errors:sum
            expr: sum by (job) (errors)
        """;

    [Fact]
    public async Task Import_OfAPrometheusFile_FiresPerLabelSetAndKeepsSeries()
    {
        await using var app = await LiveApp.StartAsync();
        using var body = new StringContent(File, Encoding.UTF8, "application/yaml");
        using var answer = await app.Client.PostAsync(new Uri("/api/rules/import?file=web.yml", UriKind.Relative), body);
        var imported = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((3, 0), (imported.GetProperty("imported").GetArrayLength(), imported.GetProperty("faults").GetArrayLength()));
        const string Test = "rule_files: [web.yml]\ntests:\n- interval: 15s\n  input_series: [{series: 'errors{job=\"api\",host=\"a\"}', values: '9x9'}, {series: 'requests{job=\"api\"}', values: '10x9'}]\n  alert_rule_test:\n  - {eval_time: 1m, alertname: TooManyErrors, exp_alerts: [{exp_labels: {severity: critical, job: api, host: a}, exp_annotations: {summary: 'api on a fails 90%'}}]}\n  - {eval_time: 1m, alertname: Gone}\n";
        using var tests = new StringContent(Test, Encoding.UTF8, "application/yaml");
        using var tested = await app.Client.PostAsync(new Uri("/api/rules/test", UriKind.Relative), tests);
        var verdict = JsonDocument.Parse(await tested.Content.ReadAsStringAsync()).RootElement;
        Assert.False(verdict.GetProperty("passed").GetBoolean());
        Assert.Contains("alertname: Gone, time: 1m", Assert.Single(verdict.GetProperty("tests")[0].GetProperty("failures").EnumerateArray()).GetString(), StringComparison.Ordinal);
        using var unknown = new StringContent("rule_files: [other.yml]\ntests: []", Encoding.UTF8, "application/yaml");
        using var refused = await app.Client.PostAsync(new Uri("/api/rules/test", UriKind.Relative), unknown);
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        // A matcher names one label, and series have more.
        await app.PostAsync(
            """{"series":"requests","tags":{"job":"api"},"value":10}""", """{"series":"errors","tags":{"job":"api","host":"a","extra":"1"},"value":9}""", """{"series":"errors","tags":{"job":"api","host":"b"},"value":1}""");

        var alerts = await AlertsAsync(app, 2);
        var errors = alerts.Single(static alert => Label(alert, "alertname") == "TooManyErrors");
        Assert.Equal(("a", "1", "critical", "firing", "9e-01"), (Label(errors, "host"), Label(errors, "extra"), Label(errors, "severity"), errors.GetProperty("state").GetString(), errors.GetProperty("value").GetString()));
        Assert.Equal("api on a fails 90%", errors.GetProperty("annotations").GetProperty("summary").GetString());
        Assert.Equal("x", Label(alerts.Single(static alert => Label(alert, "alertname") == "Gone"), "job"));
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/v1/query?query=job:errors:sum")).Contains("\"job\":\"api\"", StringComparison.Ordinal), "the recorded series is there");

        await app.PostAsync("""{"series":"errors","tags":{"job":"api","host":"a","extra":"1"},"value":0}""");
        Assert.Equal("Gone", Label((await AlertsAsync(app, 1))[0], "alertname"));
        var groups = JsonDocument.Parse(await app.GetAsync("/api/v1/rules?file[]=web.yml")).RootElement.GetProperty("data").GetProperty("groups");
        Assert.Equal(["TooManyErrors", "Gone", "job:errors:sum"], groups[0].GetProperty("rules").EnumerateArray().Select(static rule => rule.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Rule_InPromQl_IsPreviewedMadeAndGoesOnAfterARestart()
    {
        using var directory = new TempDirectory();
        await using (var app = await LiveApp.StartAsync(dataDirectory: directory.Path))
        {
            await app.PostAsync("""{"series":"cpu.load","tags":{"host":"a"},"value":95}""");
            using var preview = await app.Client.PostAsJsonAsync("/api/rules/preview", new { expr = "cpu.load > 90", language = "promql", from = "now-1m" });
            var episodes = JsonDocument.Parse(await preview.Content.ReadAsStringAsync()).RootElement.GetProperty("episodes");
            Assert.Equal(("cpu.load{host=a}", 95), (episodes[0].GetProperty("series").GetString(), episodes[0].GetProperty("peak").GetDouble()));
            using var stepped = await app.Client.PostAsJsonAsync("/api/rules/preview", new { expr = "cpu.load > 90", language = "promql", clear = "80", steps = "critical 94", from = "now-1m" });
            Assert.Equal("critical", JsonDocument.Parse(await stepped.Content.ReadAsStringAsync()).RootElement.GetProperty("episodes")[0].GetProperty("severity").GetString());
            using var bad = await app.Client.PostAsJsonAsync("/api/rules", new { name = "hot", expr = "cpu.load > > 90", language = "promql" });
            Assert.Equal(11, JsonDocument.Parse(await bad.Content.ReadAsStringAsync()).RootElement.GetProperty("position").GetInt32());
            using var made = await app.Client.PostAsJsonAsync("/api/rules", new { name = "hot", expr = "cpu.load > 90", language = "promql", severity = "critical" });
            Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
            await AlertsAsync(app, 1);
        }

        await using var again = await LiveApp.StartAsync(dataDirectory: directory.Path);
        var alert = (await AlertsAsync(again, 1))[0];
        Assert.Equal("hot", Label(alert, "alertname"));
        Assert.Single(JsonDocument.Parse(await again.GetAsync("/api/episodes")).RootElement.EnumerateArray());
        await again.PostAsync("""{"series":"cpu.load","tags":{"host":"a"},"value":5}""");
        await AlertsAsync(again, 0);
        Assert.Contains("\"cleared\"", await again.GetAsync("/api/episodes"), StringComparison.Ordinal);
    }

    private static string? Label(JsonElement alert, string name) => alert.GetProperty("labels").TryGetProperty(name, out var value) ? value.GetString() : null;

    private static async Task<IReadOnlyList<JsonElement>> AlertsAsync(LiveApp app, int count)
    {
        IReadOnlyList<JsonElement> found = [];
        await Wait.UntilAsync(
            async () =>
            {
                found = [.. JsonDocument.Parse(await app.GetAsync("/api/v1/alerts")).RootElement.GetProperty("data").GetProperty("alerts").EnumerateArray()];
                return found.Count == count;
            },
            $"{count} alerts");
        return found;
    }
}
