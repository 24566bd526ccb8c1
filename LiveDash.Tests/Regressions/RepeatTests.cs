using System.Net;
using System.Text.Json;
using LiveDash.Core.Storage.Sqlite;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Regressions;

/// <summary>What a client sends again is there once: in the store, in windows and in the account; after sealing and after a restart.</summary>
public sealed class RepeatTests
{
    private const string Line = "dupr,host=a value=1 1764000000000000000\n";

    [Fact]
    public async Task Write_LineSentAgain_IsOnePointAlsoAfterSealingAndARestart()
    {
        using var directory = new TempDirectory();
        await using (var app = await StartAsync(directory))
        {
            Assert.Equal(HttpStatusCode.NoContent, await WriteAsync(app, Line));
            Assert.Equal(HttpStatusCode.NoContent, await WriteAsync(app, Line + "dupr,host=a value=2 1764000001000000000"));
            await app.Services.GetRequiredService<StoreEngine>().Keeper.SealAsync();
            Assert.Equal(HttpStatusCode.NoContent, await WriteAsync(app, Line));
            Assert.Equal((4, 2, 2), await AccountAsync(app, "influx"));
        }

        await using (var app = await StartAsync(directory))
        {
            Assert.Equal(HttpStatusCode.NoContent, await WriteAsync(app, Line + "dupr,host=a value=3 1764000001000000000"));
            Assert.Equal((2, 1, 1), await AccountAsync(app, "influx"));
            using var window = JsonDocument.Parse(await app.Client.GetStringAsync("/api/windows?series=dupr%7Bhost=a%7D&window=10"));
            Assert.Equal((3, 6d), (window.RootElement.GetProperty("count").GetInt32(), window.RootElement.GetProperty("mean").GetDouble() * 3));
            Assert.Equal(3, await CountAsync(app, "dupr{host=a}"));
        }
    }

    [Fact]
    public async Task Write_SettingOff_KeepsBoth()
    {
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:Ingest:OncePerValue=false"]);
        await WriteAsync(app, Line);
        await WriteAsync(app, Line);
        Assert.Equal(2, await CountAsync(app, "dupr{host=a}"));
    }

    [Fact]
    public async Task Post_IdWithoutATimeSentAgain_IsOnePointAlsoAfterARestart()
    {
        using var directory = new TempDirectory();
        const string Body = """{"series":"dupid3","value":1,"id":"a1"}""";
        await using (var app = await StartAsync(directory))
        {
            using var first = await app.Client.PostAsync("/api/points", new StringContent(Body));
            using var second = await app.Client.PostAsync("/api/points", new StringContent(Body));
            Assert.Equal("""{"accepted":1,"rejected":0,"errors":[]}""", await first.Content.ReadAsStringAsync());
            Assert.Equal("""{"accepted":0,"rejected":0,"errors":[],"repeated":1}""", await second.Content.ReadAsStringAsync());
            Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        }

        await using (var app = await StartAsync(directory))
        {
            using var third = await app.Client.PostAsync("/api/points", new StringContent(Body));
            Assert.Equal("""{"accepted":0,"rejected":0,"errors":[],"repeated":1}""", await third.Content.ReadAsStringAsync());
            Assert.Equal(1, await CountAsync(app, "dupid3"));
        }
    }

    private static Task<LiveApp> StartAsync(TempDirectory directory) => LiveApp.StartAsync(settings: ["--LiveDash:DataDirectory=" + directory.Path]);

    private static async Task<HttpStatusCode> WriteAsync(LiveApp app, string lines)
    {
        using var response = await app.Client.PostAsync("/write", new StringContent(lines));
        return response.StatusCode;
    }

    private static async Task<int> CountAsync(LiveApp app, string series) =>
        (await app.Client.GetStringAsync("/api/points?series=" + Uri.EscapeDataString(series))).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    private static async Task<(int Offered, int Accepted, int Repeated)> AccountAsync(LiveApp app, string kind)
    {
        using var answer = JsonDocument.Parse(await app.Client.GetStringAsync("/api/sources"));
        var source = answer.RootElement.GetProperty("sources").EnumerateArray().Single(one => one.GetProperty("kind").GetString() == kind);
        return (source.GetProperty("offered").GetInt32(), source.GetProperty("accepted").GetInt32(), source.GetProperty("repeated").GetInt32());
    }
}
