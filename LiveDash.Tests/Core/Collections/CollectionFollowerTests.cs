using LiveDash.Core.Collections;
using LiveDash.Tests.Shared;
using LiveDash.Tests.Shared.MongoDouble;
using MongoDB.Bson;

namespace LiveDash.Tests.Core.Collections;

/// <summary>Import and following, in the whole app.</summary>
public class CollectionFollowerTests
{
    [Fact]
    public async Task Import_WholeCollection_IsKeptOnceAlsoOverARestart()
    {
        await using var server = new MongoDoubleServer();
        Put(server, 0, 12_000);
        using var directory = new TempDirectory();
        await using (var app = await StartAsync(server, directory.Path, "import"))
        {
            await Wait.UntilAsync(async () => (await app.GetAsync("/api/collections")).Contains("\"imported\"", StringComparison.Ordinal), "all are imported");
            Assert.Equal(12_000, await CountAsync(app));
        }

        Put(server, 12_000, 10);
        await using var again = await StartAsync(server, directory.Path, null);
        Assert.Equal(12_000, await CountAsync(again));
    }

    [Fact]
    public async Task Follow_ReplicaSet_GivesWhatWasThereAndWhatComesAndGoesOnAfterARestart()
    {
        await using var server = new MongoDoubleServer();
        Put(server, 0, 3_000);
        using var directory = new TempDirectory();
        await using (var app = await StartAsync(server, directory.Path, "follow"))
        {
            await Wait.UntilAsync(async () => await CountAsync(app) == 3_000, "what was there is kept");
            Put(server, 3_000, 50);
            await Wait.UntilAsync(async () => await CountAsync(app) == 3_050, "what comes is kept");
        }

        Put(server, 3_050, 25);
        await using var again = await StartAsync(server, directory.Path, null);
        await Wait.UntilAsync(async () => await CountAsync(again) == 3_075, "what came meanwhile is kept");
        Put(server, 3_075, 1);
        await Wait.UntilAsync(async () => await CountAsync(again) == 3_076, "and what comes then");
        // Resumed at the token, not read anew.
        Assert.Equal(1, server.Commands.Count(static c => c.GetElement(0).Name == "find" && c["find"] == "readings" && !c["filter"].AsBsonDocument.Contains("_id")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Follow_NoChangeStreams_AsksByKeyAndKeepsEachOnce(bool timeSeries)
    {
        await using var server = new MongoDoubleServer(replicaSet: timeSeries);
        if (timeSeries) server.PutTimeSeries("lab.readings");
        Put(server, 0, 100);
        using var directory = new TempDirectory();
        await using var app = await StartAsync(server, directory.Path, "follow");
        await Wait.UntilAsync(async () => await CountAsync(app) == 100, "what was there is kept");
        // One whose key is before the newest: keys are not in the order of commits.
        server.Put("lab.readings", Reading(MongoDoubleServer.Key(1_700_000_098, 9), 1_700_000_000_500, 7));
        Put(server, 100, 5);

        await Wait.UntilAsync(async () => await CountAsync(app) == 106, "what comes is kept, the late key too");

        Assert.Contains("asking by key", await app.GetAsync("/api/collections"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_HistoryLost_ReadsByKeyOnceAndFollowsFromNow()
    {
        await using var server = new MongoDoubleServer();
        Put(server, 0, 100);
        using var directory = new TempDirectory();
        await using (var app = await StartAsync(server, directory.Path, "follow"))
        {
            await Wait.UntilAsync(async () => await CountAsync(app) == 100, "what was there is kept");
            await Wait.UntilAsync(async () => (await app.GetAsync("/api/collections")).Contains("following", StringComparison.Ordinal), "it follows");
        }

        Put(server, 100, 100);
        server.ForgottenBefore = server.Events - 1;
        server.Commands.Clear();
        await using var again = await StartAsync(server, directory.Path, null);
        await Wait.UntilAsync(async () => await CountAsync(again) == 200, "what was missed is read by key");
        Put(server, 200, 10);
        await Wait.UntilAsync(async () => await CountAsync(again) == 210, "what comes is followed");
        Assert.Equal(1, server.Commands.Count(static c => c.GetElement(0).Name == "find" && c["find"] == "readings"));
    }

    [Fact]
    public async Task Follow_EventTooLargeToBeSent_SaysSoReadsByKeyAndFollowsFromThere()
    {
        await using var server = new MongoDoubleServer();
        Put(server, 0, 10);
        using var directory = new TempDirectory();
        await using var app = await StartAsync(server, directory.Path, "follow");
        await Wait.UntilAsync(async () => await CountAsync(app) == 10, "what was there is kept");

        // An event of more than 16 MB ends its stream, at this place and each time it is resumed before it.
        server.Fail(new MongoFailure("getMore", "readings") { Fault = new MongoFault(10334, "BSONObjectTooLarge", "BSONObj size: 16793826 is invalid") });
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/collections")).Contains("an event of more than 16 MB", StringComparison.Ordinal), "it is told");
        Put(server, 10, 5);

        await Wait.UntilAsync(async () => await CountAsync(app) == 15, "what came with it and after it is kept");
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/collections")).Contains("following the change stream", StringComparison.Ordinal), "it follows again");
        Put(server, 15, 1);
        await Wait.UntilAsync(async () => await CountAsync(app) == 16, "and what comes then");
    }

    [Fact]
    public async Task Follow_DocumentsThatFitAndThatDoNot_AreCountedInTheMetrics()
    {
        await using var server = new MongoDoubleServer();
        Put(server, 0, 10);
        server.Put("lab.readings", new BsonDocument { { "_id", MongoDoubleServer.Key(1_700_000_500, 1) }, { "t", new BsonDateTime(1_700_000_500_000) }, { "v", "text" } });
        using var directory = new TempDirectory();
        await using var app = await StartAsync(server, directory.Path, "follow");
        await Wait.UntilAsync(async () => await CountAsync(app) == 10, "what was there is kept");

        await Wait.UntilAsync(async () => (await app.GetAsync("/metrics")).Contains("livedash_collection_documents_total{collection=\"readings\",mode=\"follow\"} 11", StringComparison.Ordinal), "all documents are counted");
        Assert.Contains("livedash_collection_refused_total{collection=\"readings\",reason=\"bad_value\"} 1", await app.GetAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_CollectionDropped_SaysSoAndBeginsAnewWithOneOfItsName()
    {
        await using var server = new MongoDoubleServer();
        Put(server, 0, 10);
        using var directory = new TempDirectory();
        await using var app = await StartAsync(server, directory.Path, "follow");
        await Wait.UntilAsync(async () => await CountAsync(app) == 10, "what was there is kept");

        server.Drop("lab.readings");

        await Wait.UntilAsync(async () => (await app.GetAsync("/api/collections")).Contains("dropped or renamed", StringComparison.Ordinal), "it says so");
        Put(server, 500, 10);
        await Wait.UntilAsync(async () => await CountAsync(app) == 20, "the new one is followed, and what was kept stays");
    }

    [Fact]
    public async Task Follow_ServerAwayForAWhile_GoesOnWhenItIsBack()
    {
        await using var server = new MongoDoubleServer();
        Put(server, 0, 10);
        using var directory = new TempDirectory();
        await using var app = await StartAsync(server, directory.Path, "follow");
        await Wait.UntilAsync(async () => await CountAsync(app) == 10, "what was there is kept");

        server.CutAll();
        Put(server, 10, 10);

        await Wait.UntilAsync(async () => await CountAsync(app) == 20, "it goes on");
    }

    private static void Put(MongoDoubleServer server, int from, int count) =>
        server.Put("lab.readings", Enumerable.Range(from, count).Select(static i => Reading(MongoDoubleServer.Key(1_700_000_000 + i, i), 1_700_000_000_000 + (i * 1_000L), i)));

    private static BsonDocument Reading(ObjectId id, long milliseconds, double value) => new() { { "_id", id }, { "t", new BsonDateTime(milliseconds) }, { "v", value } };

    private static async Task<LiveApp> StartAsync(MongoDoubleServer server, string directory, string? mode)
    {
        var app = await LiveApp.StartAsync(null, directory, null, "--LiveDash:Connections:lab=" + server.Address("lab"));
        if (mode is null) return app;
        using var body = new StringContent($$"""{"connections":[],"collections":[{"name":"readings","connection":"lab","collection":"readings","time":"t","values":["v"],"series":"readings","mode":"{{mode}}"}]}""");
        using var answer = await app.Client.PutAsync("/api/settings/collections", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return app;
    }

    private static async Task<int> CountAsync(LiveApp app)
    {
        var values = (await app.GetAsync("/api/points?series=readings&fields=t,value")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(values.Length, values.Distinct().Count());
        return values.Length;
    }
}
