using System.Net;
using System.Text;
using System.Text.Json;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web.Api;

/// <summary>What nobody should send: each is answered with what is wrong and where, and the app goes on.</summary>
public sealed class RuleAttackTests
{
    private static readonly (string Body, int Status, string About)[] s_bodies =
    [
        ("""{"id":null,"name":"a","expr":"last(x, 1) > 1"}""", 0, "id"),
        ("""{"name":null,"expr":"last(x, 1) > 1"}""", 0, "name"),
        ("""{"name":"a","expr":null}""", 0, "expr"),
        ("""{"name":"a","expr":"last(x, 1) > 1","channels":null}""", 0, "channels"),
        ("""{"name":"a","expr":"last(x, 1) > 1","channels":[null]}""", 0, "channels"),
        ("""{"name":"a","expr":"last(x, 1) > 1","labels":{"a":null}}""", 0, "labels"),
        ("""{"name":"a","expr":"last(x, 1) > 1","severity":null}""", 0, "severity"),
        ("""{"name":"a","expr":"last(x, 1) > 1","message":null}""", 0, "message"),
        ("""{"name":"a","expr":"last(x, 1) > 1","nonsense":1}""", 400, ""),
        ("""{"name":"a","expr":["last(x, 1) > 1"]}""", 400, ""),
        ("""{"name":"a","expr":"last(x, 1) > NaN"}""", 422, "threshold"),
        ("""{"name":"a","expr":"last(x, 1) > Infinity"}""", 422, "threshold"),
        ("""{"name":"a","expr":"last(x, 1) > -1e400"}""", 422, "threshold"),
        ("""{"name":"a","expr":"outside(x, 1m, NaN, 5)"}""", 422, "border"),
        ("""{"name":"a","expr":"last(x, 1) > 1 for 99999999999999999999h"}""", 422, "duration"),
        ("""{"name":"a","expr":"last(x, 1) > 1 for 4000d"}""", 422, "duration"),
        ("""{"name":"a","expr":"last(x, 1) > 1 for -5s"}""", 422, "duration"),
        ("""{"name":"a","expr":"last(x, 99999999999) > 1"}""", 422, "expr"),
        ("""{"name":"a","expr":"last(x, 0) > 1"}""", 422, "expr"),
        ("""{"name":"a","expr":"p101(x, 5) > 1"}""", 422, "p101"),
        ("""{"name":"a","expr":"last(x\u202e, 1) > 1"}""", 422, "U+202E"),
        ("""{"name":"a","expr":"last(x\u0000, 1) > 1"}""", 422, "U+0000"),
        ("""{"name":"a\u202eb","expr":"last(x, 1) > 1"}""", 422, "name"),
        ("""{"name":"a","expr":"last(x, 1) > 1","staleAfter":null}""", 0, "staleAfter"),
        ("""{"name":"a","expr":"läst(x, 1) > 1"}""", 422, "läst"),
        ("""{"name":"a","expr":"last(x, 1) > ８０"}""", 422, "number"),
        ("""{"id":"../../etc","name":"a","expr":"last(x, 1) > 1"}""", 422, "id"),
        ("""{"name":"a","expr":"last(x, 1) > 1","staleAfter":"0s"}""", 422, "staleAfter"),
        ("""[]""", 400, ""),
        ("""null""", 400, ""),
        ("""{"name":"a""", 400, ""),
    ];

    [Fact]
    public async Task Rule_Malformed_IsAnsweredWithWhatIsWrong()
    {
        await using var app = await LiveApp.StartAsync();
        foreach (var (body, status, about) in s_bodies)
        {
            await RefusedAsync(app, "/api/rules", body, status, about);
            // The same text is refused by a preview.
            if (status == 422 && body.StartsWith("""{"name":"a","expr":"l""", StringComparison.Ordinal) && !body.Contains("staleAfter", StringComparison.Ordinal))
            {
                await RefusedAsync(app, "/api/rules/preview", body.Replace("\"name\":\"a\",", "", StringComparison.Ordinal), status, about);
            }
        }

        Assert.Equal(3, JsonDocument.Parse(await app.GetAsync("/api/rules")).RootElement.GetArrayLength());
    }

    [Fact]
    public async Task Rule_HugeDeepOrManyJoined_IsRefusedWithTheLimit()
    {
        await using var app = await LiveApp.StartAsync();
        var (deep, many) = (string.Concat(Enumerable.Repeat("not ", 300)), string.Join(" or ", Enumerable.Repeat("last(x, 1) > 1", 40)));
        foreach (var (expr, about) in new[] { (deep + "last(x, 1) > 1", "32 deep"), (many, "32 conditions"), (new string(' ', 5_000) + "x", "2,000 characters") })
        {
            using var answer = await PostAsync(app, "/api/rules", JsonSerializer.Serialize(new { name = "a", expr }));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains(about, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Silence_Odd_IsRefusedAndNamesTheMember()
    {
        await using var app = await LiveApp.StartAsync();
        foreach (var (body, about) in new[]
        {
            ("""{"series":"x{","duration":"1h"}""", "series"), ("""{"series":"","duration":"1h"}""", "series"), ("""{"duration":"1h"}""", "rule"),
            ("""{"rule":"hot","duration":"soon"}""", "duration"), ("""{"rule":"hot","duration":"1h","endsAt":"now"}""", "duration"),
            ("""{"rule":"hot","endsAt":"2001-01-01T00:00:00Z"}""", "before it begins"), ("""{"rule":"hot"}""", "endsAt"),
        })
        {
            await RefusedAsync(app, "/api/silences", body, 400, about);
        }

        using var last = await PostAsync(app, "/api/silences", """{"rule":"hot","startsAt":"9999-12-31T23:00:00Z","duration":"2h"}""");
        Assert.Equal(HttpStatusCode.Created, last.StatusCode);
    }

    [Fact]
    public async Task Channel_ToAPrivateAddress_IsRefusedWhenItConnects()
    {
        await using var app = await LiveApp.StartAsync();
        foreach (var url in new[] { "http://169.254.169.254/latest", "http://10.0.0.1/", "http://[fe80::1]/", "http://[::ffff:192.168.1.1]/", "http://0x0a000001/" })
        {
            using var put = new StringContent(JsonSerializer.Serialize(new[] { new { name = "ops", kind = "webhook", url } }), Encoding.UTF8, "application/json");
            using var saved = await app.Client.PutAsync(new Uri("/api/settings/channels", UriKind.Relative), put);
            Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
            using var tested = await app.Client.PostAsync(new Uri("/api/settings/channels/ops/test", UriKind.Relative), null);
            var text = await tested.Content.ReadAsStringAsync();
            Assert.True(tested.StatusCode == HttpStatusCode.BadGateway && text.Contains("AllowedAddresses", StringComparison.Ordinal), $"{url}: {text}");
        }
    }

    [Fact]
    public async Task Template_ValuesThatSpellPlaceholdersAndQuotes_StayValues()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:Notifications:GroupWait=00:00:00", "--LiveDash:Notifications:GroupInterval=00:00:00"]);
        var channel = new { name = "ops", kind = "webhook", url = receiver.Address, template = """{"rule":"{rule}","text":"{message}","key":"{key}"}""" };
        using var put = new StringContent(JsonSerializer.Serialize(new[] { channel }), Encoding.UTF8, "application/json");
        using var saved = await app.Client.PutAsync(new Uri("/api/settings/channels", UriKind.Relative), put);
        const string Name = "{key}\",\"admin\":\"{message}\\";
        using var made = await PostAsync(app, "/api/rules", JsonSerializer.Serialize(new { name = Name, expr = "last(x, 1) > 1", channels = new[] { "ops" }, message = "{rule} {severity}" }));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        await app.PostAsync("""{"series":"x","value":5}""");
        await Wait.UntilAsync(() => !receiver.Received.IsEmpty, "it was told");
        Assert.True(receiver.Received.TryPeek(out var got));
        var body = JsonDocument.Parse(got.Body).RootElement;
        Assert.Equal(["rule", "text", "key"], body.EnumerateObject().Select(static member => member.Name));
        Assert.Equal(Name, body.GetProperty("rule").GetString());
        Assert.Equal(Name + " warning", body.GetProperty("text").GetString());
        Assert.Equal(got.Key, body.GetProperty("key").GetString());
    }

    private static async Task RefusedAsync(LiveApp app, string path, string body, int status, string about)
    {
        using var answer = await PostAsync(app, path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode is 400 or 422 && (status == 0 || (int)answer.StatusCode == status), $"{path} {body} {(int)answer.StatusCode}: {text}");
        var detail = JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString()!;
        Assert.True(detail.Contains(about, StringComparison.OrdinalIgnoreCase), $"{path} {body}: {detail}");
    }

    private static async Task<HttpResponseMessage> PostAsync(LiveApp app, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await app.Client.PostAsync(new Uri(path, UriKind.Relative), content);
    }
}
