using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web.Api;

/// <summary>Channels through the true app: from a point that breaches to the webhook that arrives.</summary>
public sealed class ChannelsApiTests
{
    private const string Settings = "/api/settings/channels";

    [Fact]
    public async Task Webhook_PointBreachesAndClears_IsPostedTwiceWithSignedBodiesAndKeys()
    {
        // The first answer fails, so the first notice is posted twice under one key.
        await using var receiver = await WebhookReceiver.StartAsync(static n => n == 0 ? 500 : 200);
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:Notifications:GroupWait=0:0:0.1", "--LiveDash:Notifications:GroupInterval=0:0:0.1"]);
        using var saved = await PutAsync(app, $$"""[{"name":"ops","kind":"webhook","url":"{{receiver.Address}}/hook","headers":{"X-Team":"ops"},"secret":"s3cret"}]""");
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        using var rule = await app.Client.PostAsJsonAsync("/api/rules", new { name = "hot", expr = "last(x, 1) > 80", severity = "critical", channels = new[] { "ops" } });
        Assert.Equal(HttpStatusCode.Created, rule.StatusCode);
        await app.PostAsync("""{"series":"x","value":90}""");
        await Wait.UntilAsync(() => receiver.Received.Count == 2, "the firing notice came twice");
        await app.PostAsync("""{"series":"x","value":10}""");
        await Wait.UntilAsync(() => receiver.Received.Count == 3, "the resolved notice came");

        var all = receiver.Received.ToList();
        Assert.Equal(all[0].Key, all[1].Key);
        Assert.NotEqual(all[1].Key, all[2].Key);
        Assert.All(all, one => Assert.StartsWith("sha256=", one.Signature, StringComparison.Ordinal));
        var firing = JsonDocument.Parse(all[1].Body).RootElement;
        Assert.Equal(("hot", "firing", "critical", 90), (firing.GetProperty("rule").GetString(), firing.GetProperty("status").GetString(), firing.GetProperty("severity").GetString(), firing.GetProperty("value").GetDouble()));
        Assert.Equal("resolved", JsonDocument.Parse(all[2].Body).RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Webhook_Redirects_IsGivenUpAndListed()
    {
        await using var receiver = await WebhookReceiver.StartAsync(static _ => 302);
        await using var app = await LiveApp.StartAsync();
        using var saved = await PutAsync(app, $$"""{"name":"ops","kind":"webhook","url":"{{receiver.Address}}/hook"}""");
        using var test = await app.Client.PostAsync(new Uri(Settings + "/ops/test", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.BadGateway, test.StatusCode);
        Assert.Contains("302", await test.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single(receiver.Received);
    }

    [Theory]
    [InlineData("http://10.1.2.3/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    public async Task Webhook_PrivateAddress_IsRefusedByName(string url)
    {
        await using var app = await LiveApp.StartAsync();
        using var saved = await PutAsync(app, $$"""[{"name":"ops","kind":"webhook","url":"{{url}}"}]""");
        using var test = await app.Client.PostAsync(new Uri(Settings + "/ops/test", UriKind.Relative), null);
        Assert.Contains("AllowedAddresses", await test.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Channels_SavedWithASecret_NeverShowItAndKeepIt()
    {
        await using var app = await LiveApp.StartAsync();
        using var saved = await PutAsync(app, """{"channels":[{"name":"ops","kind":"webhook","url":"http://127.0.0.1:1/t0ken","secret":"s3cret"}]}""");
        var shown = await app.GetAsync(Settings);
        Assert.DoesNotContain("s3cret", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("t0ken", shown, StringComparison.Ordinal);
        using var again = await PutAsync(app, shown);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        var book = (LiveDash.Core.Notifications.ChannelBook)app.Services.GetService(typeof(LiveDash.Core.Notifications.ChannelBook))!;
        Assert.Equal(("s3cret", "http://127.0.0.1:1/t0ken"), (book.Find("ops")!.Secret, book.Find("ops")!.Url));
        using var elsewhere = await PutAsync(app, shown.Replace("127.0.0.1:1", "127.0.0.1:2", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, elsewhere.StatusCode);
        Assert.Contains("type it again", await elsewhere.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"name":"","kind":"webhook","url":"http://x/"}]""", 422, "[0].name")]
    [InlineData("""[{"name":"a","kind":"pigeon"}]""", 422, "[0].kind")]
    [InlineData("""[{"name":"a","url":"ftp://x/"}]""", 422, "[0].url")]
    [InlineData("""[{"name":"a","kind":"command","command":"/bin/sh"}]""", 422, "AllowCommands")]
    [InlineData("""[{"name":"a","kind":"log"},{"name":"a","kind":"log"}]""", 422, "[1].name")]
    [InlineData("""[{"name":"a","kind":"mail","from":"x"}]""", 422, "[0].to")]
    [InlineData("""[{"name":"a","colour":"red"}]""", 400, "channels such as")]
    [InlineData("nonsense", 400, "channels such as")]
    public async Task Channels_Faulty_NameTheField(string body, int status, string about)
    {
        await using var app = await LiveApp.StartAsync();
        using var answer = await PutAsync(app, body);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(about, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> PutAsync(LiveApp app, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return await app.Client.PutAsync(new Uri(Settings, UriKind.Relative), content);
    }
}
