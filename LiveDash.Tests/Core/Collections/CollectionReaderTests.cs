using LiveDash.Core.Collections;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using LiveDash.Tests.Shared.MongoDouble;
using MongoDB.Bson;

namespace LiveDash.Tests.Core.Collections;

public class CollectionReaderTests
{
    private static readonly DateTime s_then = new(2026, 11, 29, 10, 0, 0, 250, DateTimeKind.Utc);

    [Fact]
    public async Task ReadAsync_SeedDocuments_GivesEveryPlaceWithItsId()
    {
        await using var harness = new CollectionHarness();
        harness.PutCoords(2_500);

        var found = await harness.ReadAllAsync(harness.Book.FindCoords()!);

        Assert.Equal(2_500, found.Count);
        Assert.Equal(Enumerable.Range(0, 2_500).Select(static i => ((double)(i % 50), (double)(i / 50), (long)i)), found.Select(static p => (p.X, p.Y, p.Id)));
        Assert.All(found, static p => Assert.Equal(("coords", DateTimeOffset.FromUnixTimeSeconds(1_700_000_000).UtcDateTime), (p.Series, p.Time)));
    }

    [Fact]
    public async Task ReadAsync_NestedFields_NameSeriesTagsValuesAndTime()
    {
        await using var harness = new CollectionHarness();
        harness.Server.Put("lab.rooms", new BsonDocument
        {
            { "device", "d1" }, { "at", s_then }, { "reading", new BsonDocument { { "temp", 21.5 }, { "hum", 40 } } }, { "place", new BsonDocument { { "site", "berlin" }, { "floor", 3 } } },
        });
        var map = CollectionHarness.Map("rooms") with
        {
            Series = "{device}.climate", Time = "at", Values = ["reading.temp", "reading.hum"], Tags = new Dictionary<string, string> { ["site"] = "place.site", ["floor"] = "place.floor", ["none"] = "no.such" },
        };

        var found = await harness.ReadAllAsync(map);

        Assert.Equal([("d1.climate.temp{floor=3,site=berlin}", 21.5), ("d1.climate.hum{floor=3,site=berlin}", 40)], found.Select(static p => (p.Series, p.Value)));
        Assert.All(found, static p => Assert.Equal(s_then, p.Time));
    }

    [Fact]
    public async Task ReadAsync_EveryKindOfNumber_IsADoubleOrToldByReason()
    {
        await using var harness = new CollectionHarness();
        BsonValue[] values =
        [
            1, 2L, 2.5, Decimal128.Parse("3.25"), double.NaN, double.PositiveInfinity, Decimal128.Parse("1E+6000"), Decimal128.Parse("NaN"), "text", BsonNull.Value, true, new BsonArray { 1 },
        ];
        harness.Server.Put("lab.n", values.Select(static (v, i) => new BsonDocument { { "_id", i }, { "v", v } }).Append(new BsonDocument("_id", 99)));

        var found = await harness.ReadAllAsync(CollectionHarness.Map("n") with { Values = ["v"] });

        Assert.Equal([1, 2, 2.5, 3.25], found.Select(static p => p.Value));
        var account = harness.Clients.Account("n");
        Assert.Equal(13, account.Read);
        Assert.Equal([("bad_value", 4L), ("missing_field", 1), ("not_finite", 4)], account.Refused.OrderBy(static r => r.Reason, StringComparer.Ordinal));
        Assert.Equal("99: missing_field", account.LastRefused);
    }

    [Fact]
    public async Task ReadAsync_EveryKindOfTime_IsAMomentOrToldByReason()
    {
        await using var harness = new CollectionHarness();
        BsonValue[] times =
        [
            s_then, new BsonTimestamp((int)new DateTimeOffset(s_then).ToUnixTimeSeconds(), 7), MongoDoubleServer.Key((int)new DateTimeOffset(s_then).ToUnixTimeSeconds(), 0),
            new DateTimeOffset(s_then).ToUnixTimeMilliseconds(), (double)new DateTimeOffset(s_then).ToUnixTimeMilliseconds(),
            new BsonDateTime(253_402_300_800_000), new BsonDateTime(long.MaxValue), new BsonDateTime(long.MinValue), double.NaN, 1e300, "2026", long.MaxValue,
        ];
        harness.Server.Put("lab.t", times.Select(static (v, i) => new BsonDocument { { "_id", i }, { "t", v } }));

        var found = await harness.ReadAllAsync(CollectionHarness.Map("t") with { Time = "t" });

        var second = new DateTime(2026, 11, 29, 10, 0, 0, DateTimeKind.Utc);
        Assert.Equal([s_then, second, second, s_then, s_then], found.Select(static p => p.Time));
        Assert.Equal([("bad_time", 7L)], harness.Clients.Account("t").Refused);
    }

    [Theory]
    [InlineData("s", 1_795_946_400L)]
    [InlineData("ms", 1_795_946_400_000L)]
    [InlineData("us", 1_795_946_400_000_000L)]
    [InlineData("ns", 1_795_946_400_000_000_100L)]
    public async Task ReadAsync_NumbersOfAUnit_AreExactMoments(string unit, long number)
    {
        await using var harness = new CollectionHarness();
        harness.Server.Put("lab.t", new BsonDocument { { "_id", 1 }, { "t", number } });

        var found = Assert.Single(await harness.ReadAllAsync(CollectionHarness.Map("t") with { Time = "t", Unit = unit }));

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_795_946_400).UtcTicks + (unit == "ns" ? 1 : 0), found.Time.Ticks);
    }

    [Fact]
    public async Task ReadAsync_EveryKindOfPlace_IsALocationOrToldByReason()
    {
        await using var harness = new CollectionHarness();
        BsonValue[] places =
        [
            new BsonArray { 1, 2.5 }, new BsonDocument { { "type", "Point" }, { "coordinates", new BsonArray { 13.4, 52.5 } } }, new BsonDocument { { "lng", 3 }, { "lat", 4L } },
            new BsonDocument { { "latitude", 6 }, { "longitude", 5 } }, new BsonArray { 7, 8, 9 }, new BsonArray { 1 }, new BsonArray { double.NaN, 1 }, "1,2", new BsonDocument("lng", 1),
            new BsonDocument { { "type", "Polygon" }, { "coordinates", new BsonArray { new BsonArray { new BsonArray { 1, 2 } } } } },
        ];
        harness.Server.Put("lab.p", places.Select(static (v, i) => new BsonDocument { { "_id", i }, { "pt", v } }));

        var found = await harness.ReadAllAsync(CollectionHarness.Map("p") with { Point = "pt" });

        Assert.Equal([(1, 2.5), (13.4, 52.5), (3, 4), (5, 6), (7, 8)], found.Select(static p => (p.X, p.Y)));
        Assert.Equal([("bad_value", 3L), ("missing_field", 1), ("not_finite", 1)], harness.Clients.Account("p").Refused.OrderBy(static r => r.Reason, StringComparer.Ordinal));
    }

    [Fact]
    public async Task ReadAsync_KeysThatAreGuids_NameSeriesAndAreResumedBehind()
    {
        await using var harness = new CollectionHarness();
        var guids = Enumerable.Range(0, 3_000).Select(static i => new BsonBinaryData(BitConverter.GetBytes((long)i).Reverse().Concat(new byte[8]).ToArray(), i % 2 == 0 ? BsonBinarySubType.UuidStandard : BsonBinarySubType.UuidLegacy)).ToArray();
        harness.Server.Put("lab.g", guids.Select(static (g, i) => new BsonDocument { { "_id", g }, { "v", i } }));
        harness.Server.Fail(new MongoFailure("getMore"));

        var found = await harness.ReadAllAsync(CollectionHarness.Map("g") with { Values = ["v"] });

        Assert.Equal(3_000, found.Select(static p => p.Value).Distinct().Count());
        Assert.Equal(3_000, found.Count);
    }

    [Theory]
    [InlineData("idle")]
    [InlineData("cut")]
    [InlineData("reply")]
    public async Task ReadAsync_CursorDies_GoesOnByKeyWithoutGapOrRepeat(string how)
    {
        await using var harness = new CollectionHarness();
        harness.PutCoords(35_000);
        var blocks = 0;
        var ids = new List<long>();
        await foreach (var block in harness.Read(harness.Book.FindCoords()!))
        {
            ids.AddRange(block.Ids.ToArray());
            if (++blocks is not (2 or 4)) continue;
            // A cursor that is just being read is none that idles.
            if (how == "idle" && blocks == 2) await Wait.UntilAsync(() => harness.Server.OpenCursors == 1, "the next batch, which was asked for ahead, is read");
            if (how == "idle") harness.Server.KillCursors();
            else if (how == "cut") harness.Server.CutAll();
            else harness.Server.Fail(new MongoFailure("getMore") { Afterwards = true });
        }

        Assert.Equal(Enumerable.Range(0, 35_000).Select(static i => (long)i), ids);
        Assert.True(harness.Count("find") >= 2);
        Assert.All(harness.Server.Commands.Where(static c => c.GetElement(0).Name == "find"), static c => Assert.Equal(new BsonDocument("_id", 1), c["sort"]));
    }

    [Fact]
    public async Task ReadAsync_ReaderStandsStill_HoldsTheServerBack()
    {
        await using var harness = new CollectionHarness();
        harness.PutCoords(60_000);
        await using var reading = harness.Read(harness.Book.FindCoords()!).GetAsyncEnumerator();

        Assert.True(await reading.MoveNextAsync());

        // One small batch was read, and nothing more is asked for while the reader does not come back.
        Assert.Equal((1, 0), (harness.Count("find"), harness.Count("getMore")));
        Assert.Equal(1_000, reading.Current.Count);
        // Where the reader goes on within a batch one more is asked for meanwhile, and no second however long it stands there.
        for (var i = 0; i < 3; i++) Assert.True(await reading.MoveNextAsync());
        await Wait.UntilAsync(() => harness.Count("getMore") == 2, "the next batch is asked for");
        Assert.Equal(1, harness.Count("find"));
        Assert.True(await reading.MoveNextAsync());
        Assert.True(await reading.MoveNextAsync());
        await Wait.UntilAsync(() => harness.Count("getMore") == 3, "and the one after it once that is begun");
        await Wait.UntilAsync(() => harness.Server.OpenCursors == 1, "the server has one cursor");
    }

    [Fact]
    public async Task ReadAsync_ReaderLeaves_EndsTheServersCursor()
    {
        await using var harness = new CollectionHarness();
        harness.PutCoords(60_000);
        await using (var reading = harness.Read(harness.Book.FindCoords()!).GetAsyncEnumerator())
        {
            Assert.True(await reading.MoveNextAsync());
            Assert.Equal(1, harness.Server.OpenCursors);
        }

        Assert.Equal((0, 1), (harness.Server.OpenCursors, harness.Count("killCursors")));
    }

    [Fact]
    public async Task ReadAsync_ReaderLeavesWhileABatchIsOnItsWay_EndsTheServersCursorToo()
    {
        await using var harness = new CollectionHarness();
        harness.PutCoords(60_000);
        var (asked, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var more = 0;
        harness.Server.Before = async command =>
        {
            if (command.GetElement(0).Name != "getMore" || ++more < 2) return;
            asked.TrySetResult();
            await release.Task;
        };
        await using (var reading = harness.Read(harness.Book.FindCoords()!).GetAsyncEnumerator())
        {
            for (var i = 0; i < 4; i++) Assert.True(await reading.MoveNextAsync());
            await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(1, harness.Count("killCursors"));
        release.SetResult();
    }

    [Fact]
    public async Task ReadAsync_AServerThatKeepsLosingCursors_IsToldAndNotAskedForEver()
    {
        await using var harness = new CollectionHarness();
        harness.PutCoords(5_000);
        harness.Server.Fail(new MongoFailure("find") { Times = int.MaxValue, Fault = new MongoFault(43, "CursorNotFound", "cursor not found") });

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => harness.ReadAllAsync(harness.Book.FindCoords()!));

        Assert.InRange(harness.Count("find"), 2, 8);
        Assert.Contains("cannot be read", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_ADocumentOf16MB_DoesNoHarm()
    {
        await using var harness = new CollectionHarness();
        harness.Server.Put("lab.big", new BsonDocument { { "_id", 1 }, { "v", 1 } }, new BsonDocument { { "_id", 2 }, { "junk", new byte[(16 << 20) - 100] }, { "v", 2 } }, new BsonDocument { { "_id", 3 }, { "v", 3 } });

        var found = await harness.ReadAllAsync(CollectionHarness.Map("big") with { Values = ["v"] });

        Assert.Equal([1, 2, 3], found.Select(static p => p.Value));
        // What is not wanted is not sent.
        Assert.Equal(new BsonDocument { { "_id", 1 }, { "v", 1 } }, harness.Server.Commands.Last(static c => c.GetElement(0).Name == "find")["projection"]);
    }

    [Fact]
    public async Task ReadAsync_AllConnectionsInUse_IsToldAsSuch()
    {
        await using var harness = new CollectionHarness(options: "&maxPoolSize=1&waitQueueTimeoutMS=200");
        harness.PutCoords(10);
        var release = new TaskCompletionSource();
        var stalled = new TaskCompletionSource();
        harness.Server.Before = async command =>
        {
            if (command.GetElement(0).Name != "find" || stalled.Task.IsCompleted) return;
            stalled.SetResult();
            await release.Task;
        };
        var first = harness.ReadAllAsync(harness.Book.FindCoords()!);
        await stalled.Task.WaitAsync(TimeSpan.FromSeconds(30));

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => harness.ReadAllAsync(harness.Book.FindCoords()!));

        Assert.Contains("all connections are in use", failure.Message, StringComparison.Ordinal);
        release.SetResult();
        Assert.Equal(10, (await first).Count);
    }

    [Fact]
    public async Task ReadAsync_FilterOfTheMapping_IsAskedOfTheServer()
    {
        await using var harness = new CollectionHarness();
        harness.PutCoords(3_000);
        harness.Server.Fail(new MongoFailure("getMore"));

        var found = await harness.ReadAllAsync(harness.Book.FindCoords()! with { Filter = """{"id": {"$gte": {"$numberInt": "1500"}}}""" });

        Assert.Equal(Enumerable.Range(1_500, 1_500).Select(static i => (long)i), found.Select(static p => p.Id));
    }

    [Theory]
    [InlineData("""{"$where": "this.x > 1"}""", "$where")]
    [InlineData("""{"$and": [{"a": 1}, {"$expr": {"$function": {"body": "x", "args": [], "lang": "js"}}}]}""", "$function")]
    [InlineData("""{"a": {"b": [{"$accumulator": {}}]}}""", "$accumulator")]
    [InlineData("""{"a": {"$code": "x"}}""", "code")]
    [InlineData("""{"a": """, "extended JSON")]
    public void TryFilter_CodeOrNoDocument_IsRefusedByName(string filter, string named)
    {
        Assert.False(CollectionValidator.TryFilter(filter, out _, out var fault));
        Assert.Contains(named, fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_BytesThatDoNotHoldTogether_AreRefusedWithoutReadingBeyondThem()
    {
        await using var harness = new CollectionHarness();
        var mapper = new DocumentMapper(CollectionHarness.Map("x") with { Values = ["a.b"], Point = "p" }, 0);
        var sink = new BlockSink(new LiveDash.Core.Ingestion.Admission(new LiveDash.Core.Model.Limits(), harness.Catalog));
        var whole = new BsonDocument { { "_id", 1 }, { "a", new BsonDocument("b", 1.5) }, { "p", new BsonArray { 1, 2 } }, { "s", "text" }, { "d", new BsonArray { new BsonDocument("x", BsonNull.Value) } } }.ToBson();
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = whole.ToArray();
            for (var k = random.Next(1, 4); k > 0; k--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (sink.Count >= BlockSink.Capacity) sink.Clear();
            try
            {
                mapper.Map(bytes.AsSpan(0, random.Next(bytes.Length + 1)), sink);
            }
            catch (InvalidDataException)
            {
                // Told, and nothing else.
            }
        }
    }
}
