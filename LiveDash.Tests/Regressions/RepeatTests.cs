using System.Net;
using System.Text.Json;
using LiveDash.Core.Storage.Blocks;
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

    [Fact]
    public async Task Import_CorrectedFile_TellsWhatWasKeptBeforeAndReplacesItWhereAsked()
    {
        await using var app = await LiveApp.StartAsync();
        const string Route = "/api/import?format=csv&series=reimp&time=time&value=value&source=data.csv";
        await ImportAsync(app, Route, "time,value\n2026-11-01T00:00:00Z,1\n2026-11-01T00:01:00Z,2\n");
        using var window = await app.Client.GetAsync("/api/windows?series=reimp&window=10");
        using var told = await ImportAsync(app, Route, "time,value\n2026-11-01T00:00:00Z,9\n2026-11-01T00:01:00Z,2\n");
        Assert.Equal((0, 2, "data.csv:2", 1d, 9d), (
            told.RootElement.GetProperty("accepted").GetInt32(), told.RootElement.GetProperty("repeated").GetInt32(),
            told.RootElement.GetProperty("keptBefore")[0].GetProperty("id").GetString(), told.RootElement.GetProperty("keptBefore")[0].GetProperty("kept").GetDouble(),
            told.RootElement.GetProperty("keptBefore")[0].GetProperty("sent").GetDouble()));
        Assert.Equal(3, await SumAsync(app));

        using var replaced = await ImportAsync(app, Route + "&replace=true", "time,value\n2026-11-01T00:00:00Z,9\n2026-11-01T00:01:00Z,2\n2026-11-01T00:02:00Z,4\n");
        Assert.Equal((2, 1, 1), (
            replaced.RootElement.GetProperty("accepted").GetInt32(), replaced.RootElement.GetProperty("repeated").GetInt32(), replaced.RootElement.GetProperty("replaced").GetInt32()));
        Assert.Equal(15, await SumAsync(app));
        Assert.Contains("\"value\":9", await app.Client.GetStringAsync("/api/points?series=reimp"), StringComparison.Ordinal);
        Assert.Equal(3, await CountAsync(app, "reimp"));
        Assert.Equal((7, 4, 3), await AccountAsync(app, "import"));
    }

    // A file without times says by its name and lines alone that it was sent before.
    [Fact]
    public async Task Import_RowsWithoutATimeTwice_AreKeptOnce()
    {
        await using var app = await LiveApp.StartAsync();
        using var first = await ImportAsync(app, "/api/import?format=csv&series=readings&value=value&source=readings.csv", "value\n1\n2\n3\n");
        using var second = await ImportAsync(app, "/api/import?format=csv&series=readings&value=value&source=readings.csv", "value\n1\n2\n4\n");
        Assert.Equal((3, 1, 2), (
            first.RootElement.GetProperty("accepted").GetInt32(), second.RootElement.GetProperty("accepted").GetInt32(), second.RootElement.GetProperty("repeated").GetInt32()));
        Assert.Equal(4, await CountAsync(app, "readings"));
    }

    private static async Task<JsonDocument> ImportAsync(LiveApp app, string route, string file)
    {
        using var response = await app.Client.PostAsync(route, new StringContent(file));
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync());
    }

    // The live window, which had its past before the change.
    private static async Task<double> SumAsync(LiveApp app)
    {
        using var window = JsonDocument.Parse(await app.Client.GetStringAsync("/api/windows?series=reimp&window=10&aggregates=sum"));
        return window.RootElement.GetProperty("sum").GetDouble();
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
