using System.Text;
using System.Text.Json;
using LiveDash.Core.Alerts;
using LiveDash.Core.Notifications;
using LiveDash.Core.Rules;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Regressions;

/// <summary>A true Alertmanager hears of what fires until LiveDash says that it is over, with labels it takes; and its own amtool works against LiveDash.</summary>
public sealed class AlertmanagerTests
{
    [AlertmanagerFact]
    public async Task Alertmanager_RuleFiresPastItsTimeOut_IsNotTakenForOver()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        // Three seconds in the place of five minutes: what it was not told an end of would be over by then.
        await using var alertmanager = await TrueAlertmanager.StartAsync(receiver.Address, "3s");
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:Notifications:GroupWait=00:00:00"]);
        await SaveAsync(app, $$"""[{"name":"am","kind":"alertmanager","url":"{{alertmanager.Client.BaseAddress}}api/v2/alerts","default":true}]""");
        await RuleAsync(app, """{"name":"hot","expr":"last(temp{shop-id=*}, 1) > 80","severity":"critical"}""");
        // A tag key that is no label's name there, and one that would be the same once it is.
        await app.PostAsync("""{"series":"temp","tags":{"shop-id":"7","shop_id":"8"},"value":95}""");
        await Wait.UntilAsync(async () => (await alertmanager.AlertsAsync()).GetArrayLength() == 1, "it fires there");
        var labels = (await alertmanager.AlertsAsync())[0].GetProperty("labels");
        Assert.Equal("8", labels.GetProperty("shop_id").GetString());
        Assert.Equal("7", labels.GetProperty("shop_id_2").GetString());
        var annotations = (await alertmanager.AlertsAsync())[0].GetProperty("annotations");
        Assert.Contains("hot", annotations.GetProperty("summary").GetString(), StringComparison.Ordinal);
        Assert.Contains("95", annotations.GetProperty("description").GetString(), StringComparison.Ordinal);

        // Well past its time-out: told a second time, as each minute, and still firing.
        var begun = TimeProvider.System.GetTimestamp();
        await Wait.UntilAsync(() => TimeProvider.System.GetElapsedTime(begun) > TimeSpan.FromSeconds(8), "its time-out has passed");
        await app.Services.GetRequiredService<NotificationDispatcher>().RepeatAsync(TimeProvider.System.GetUtcNow().UtcTicks, default);
        Assert.Equal(1, (await alertmanager.AlertsAsync()).GetArrayLength());
        Assert.DoesNotContain(receiver.Received, static got => got.Body.Contains("\"status\":\"resolved\"", StringComparison.Ordinal));

        await app.PostAsync("""{"series":"temp","tags":{"shop-id":"7","shop_id":"8"},"value":5}""");
        await Wait.UntilAsync(() => receiver.Received.Any(static got => got.Body.Contains("\"status\":\"resolved\"", StringComparison.Ordinal)), "it hears of the end");
        Assert.Equal(0, (await alertmanager.AlertsAsync()).GetArrayLength());
    }

    [AlertmanagerFact]
    public async Task Alertmanager_SeverityChanges_TheOldOneEnds()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var alertmanager = await TrueAlertmanager.StartAsync(receiver.Address, "5m");
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:Notifications:GroupWait=00:00:00", "--LiveDash:Notifications:GroupInterval=00:00:00"]);
        await SaveAsync(app, $$"""[{"name":"am","kind":"alertmanager","url":"{{alertmanager.Client.BaseAddress}}api/v2/alerts"}]""");
        await RuleAsync(app, """{"name":"hot","expr":"last(step, 1) > 80 critical 95","severity":"warning","channels":["am"],"labels":{"team":"ops"}}""");
        await app.PostAsync("""{"series":"step","value":85}""");
        await Wait.UntilAsync(() => SeveritiesAsync(alertmanager, "warning"), "a warning");
        await app.PostAsync("""{"series":"step","value":99}""");
        await Wait.UntilAsync(() => SeveritiesAsync(alertmanager, "critical"), "critical alone");
        await app.PostAsync("""{"series":"step","value":1}""");
        await Wait.UntilAsync(() => SeveritiesAsync(alertmanager), "all over");
    }

    [AlertmanagerFact]
    public async Task Amtool_AgainstLiveDash_ListsFiltersSilencesAndExpires()
    {
        await using var app = await LiveApp.StartAsync();
        await SaveAsync(app, """[{"name":"ops","kind":"log"},{"name":"night","kind":"log"}]""");
        await RuleAsync(app, """{"name":"hot","expr":"last(am.hot{host=*}, 1) > 80","severity":"critical","channels":["ops"],"labels":{"team":"web"}}""");
        await RuleAsync(app, """{"name":"cold","expr":"last(am.cold, 1) < 5","severity":"warning","channels":["night"]}""");
        await app.PostAsync("""{"series":"am.hot","tags":{"host":"a"},"value":95}""", """{"series":"am.hot","tags":{"host":"b"},"value":96}""", """{"series":"am.cold","value":1}""");
        var server = app.Address;
        Assert.Equal(3, Lines(await TrueAlertmanager.AmtoolAsync(server, "alert", "query", "-o", "simple")));
        Assert.Equal(1, Lines(await TrueAlertmanager.AmtoolAsync(server, "alert", "query", "-o", "simple", "alertname=hot", "host=a")));
        Assert.Equal(2, Lines(await TrueAlertmanager.AmtoolAsync(server, "alert", "query", "-o", "simple", "team=~w.*")));
        Assert.Equal(1, Lines(await TrueAlertmanager.AmtoolAsync(server, "alert", "query", "-o", "simple", "severity!=critical")));
        Assert.Equal(1, Lines(await TrueAlertmanager.AmtoolAsync(server, "alert", "query", "-o", "simple", "--receiver=night")));

        var id = (await TrueAlertmanager.AmtoolAsync(server, "silence", "add", "alertname=hot", "host=~a|c", "--comment=maintenance", "--author=ops", "--duration=1h")).Trim();
        Assert.Contains(id, await TrueAlertmanager.AmtoolAsync(server, "silence", "query"), StringComparison.Ordinal);
        Assert.Contains("maintenance", await TrueAlertmanager.AmtoolAsync(server, "silence", "query", "alertname=hot", "-o", "json"), StringComparison.Ordinal);
        Assert.Equal(2, Lines(await TrueAlertmanager.AmtoolAsync(server, "alert", "query", "-o", "simple")));
        Assert.Equal(1, Lines(await TrueAlertmanager.AmtoolAsync(server, "alert", "query", "-o", "simple", "--silenced")));
        var listed = JsonDocument.Parse(await app.GetAsync("/api/alerts")).RootElement.EnumerateArray().ToList();
        Assert.Equal("a", Assert.Single(listed, static alert => alert.GetProperty("silenced").GetBoolean()).GetProperty("tags").GetProperty("host").GetString());

        await TrueAlertmanager.AmtoolAsync(server, "silence", "update", id, "--comment=longer", "--duration=2h");
        Assert.Contains("longer", await TrueAlertmanager.AmtoolAsync(server, "silence", "query", "-o", "json"), StringComparison.Ordinal);
        await TrueAlertmanager.AmtoolAsync(server, "silence", "expire", id);
        Assert.DoesNotContain(id, await TrueAlertmanager.AmtoolAsync(server, "silence", "query"), StringComparison.Ordinal);
        Assert.Contains(id, await TrueAlertmanager.AmtoolAsync(server, "silence", "query", "--expired"), StringComparison.Ordinal);
        Assert.Equal(3, Lines(await TrueAlertmanager.AmtoolAsync(server, "alert", "query", "-o", "simple")));
        Assert.Contains("livedash", await TrueAlertmanager.AmtoolAsync(server, "config", "show"), StringComparison.Ordinal);
        Assert.Contains("night", await app.GetAsync("/api/v2/receivers"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop-id", "shop_id")]
    [InlineData("7up", "_7up")]
    [InlineData("größe", "gr__e")]
    [InlineData("ok_1", "ok_1")]
    public void NameOf_Key_IsALabel(string key, string name) => Assert.Equal(name, AlertLabels.NameOf(key));

    [Fact]
    public void Labels_ThatClashWithOurOwn_GetANumber()
    {
        var labels = AlertLabels.Of("hot", new Dictionary<string, string> { ["alertname"] = "mine", ["empty"] = "" }, "s{a-b=1,a.b=2,severity=x}", Severity.Info);
        Assert.Equal(
            ["a_b=1", "a_b_2=2", "alertname=hot", "alertname_2=mine", "series=s{a-b=1,a.b=2,severity=x}", "severity=info", "severity_2=x"],
            labels.Select(static pair => $"{pair.Key}={pair.Value}"));
    }

    private static int Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1;

    private static async Task<bool> SeveritiesAsync(TrueAlertmanager alertmanager, params string[] wanted) =>
        (await alertmanager.AlertsAsync()).EnumerateArray().Select(static alert => alert.GetProperty("labels").GetProperty("severity").GetString()).SequenceEqual(wanted);

    private static async Task SaveAsync(LiveApp app, string channels)
    {
        using var body = new StringContent(channels, Encoding.UTF8, "application/json");
        using var answer = await app.Client.PutAsync(new Uri("/api/settings/channels", UriKind.Relative), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task RuleAsync(LiveApp app, string rule)
    {
        using var body = new StringContent(rule, Encoding.UTF8, "application/json");
        using var answer = await app.Client.PostAsync(new Uri("/api/rules", UriKind.Relative), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
