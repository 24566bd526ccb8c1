using System.Net;
using System.Text;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Api;

public sealed class RuleLatenessApiTests
{
    [Fact]
    public async Task PutWindowSettings_LatenessOfASeries_ItsRulesCountLatePointsFromThenOn()
    {
        // Ticks are an hour apart: only points judge.
        await using var app = await LiveApp.StartAsync(settings: "--LiveDash:Engine:Tick=01:00:00");
        await SendAsync(app, HttpMethod.Put, "/api/rules/late", """{"name":"late","expr":"count(slow.x, 10) >= 3","allowPartial":true}""");
        var now = DateTimeOffset.Parse("2026-01-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
        await app.PostAsync(Point(now), Point(now - 60_000));
        await SendAsync(app, HttpMethod.Put, "/api/settings/windows", """{"default":"500","overrides":[{"series":"slow.*","window":"5m","lateness":"5m"}]}""");

        await app.PostAsync(Point(now - 60_000), Point(now + 1));

        var alerts = app.Services.GetRequiredService<AlertBook>();
        await Wait.UntilAsync(() => alerts.List().Any(static alert => alert.Rule.Id == "late"), "the rule counted the late point");
        Assert.Equal(3, alerts.List().Single(static alert => alert.Rule.Id == "late").Value);
    }

    private static string Point(long ms) => $"{{\"series\":\"slow.x\",\"t\":{ms},\"value\":1}}";

    private static async Task SendAsync(LiveApp app, HttpMethod method, string path, string json)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        using var answer = await app.Client.SendAsync(request);
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
    }
}
