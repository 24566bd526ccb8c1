using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Storage;

/// <summary>Reading a store beside the LiveDash that owns it: the same points as the owner gives, whatever it does meanwhile. A class a store runs it.</summary>
public abstract class PointReaderContract
{
    /// <summary>A new store, opened by its owner.</summary>
    /// <param name="variant">Which of those its server can be, from 1.</param>
    private protected abstract Task<StoreHarness> OpenAsync(int variant);

    /// <summary>A reader beside the owner.</summary>
    private protected abstract IPointReader Open(StoreHarness store);

    [StoreTheory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ScanAsync_WhileTheOwnerAppendsSealsAndDeletes_EqualsTheOwnersScan(int seed)
    {
        await using var store = await OpenAsync(seed);
        using var reader = Open(store);
        var random = new Random(seed);
        var series = Enumerable.Range(0, 4).Select(i => store.Series($"s{{n={i}}}")).ToArray();
        for (var round = 0; round < 25; round++)
        {
            await store.AppendAsync(Enumerable.Range(0, random.Next(1, 3_000)).Select(k => new StoredPoint(series[random.Next(4)], random.Next(50_000), k, k % 7 == 0 ? k : double.NaN, k % 7 == 0 ? 1 : double.NaN)));
            if (random.Next(3) == 0) await store.SealAsync();
            if (random.Next(8) == 0) await store.Points.DeleteAsync([series[random.Next(4)]], new TimeRange(10_000, 20_000), default);
            var from = random.Next(40_000);
            var query = new PointQuery { Series = [.. series.Take(random.Next(1, 5))], Range = new TimeRange(from, from + random.Next(1, 30_000)), LocatedOnly = random.Next(4) == 0 };

            Assert.Equal(await store.ScanAsync(query), await ScanAsync(reader, query));
        }

        Assert.Equal([series[1], -1, series[0]], reader.Find([Key("s{n=1}"), Key("s{n=9}"), Key("s{n=0}")]));
    }

    [StoreFact]
    public async Task ScanAsync_OwnerSealsAndMergesBetweenBlocks_GivesWhatWasThereAtItsBegin()
    {
        await using var store = await OpenAsync(1);
        using var reader = Open(store);
        var series = Enumerable.Range(0, 3).Select(i => store.Series($"s{i}")).ToArray();
        var random = new Random(3);
        for (var i = 0; i < 5; i++)
        {
            await store.AppendAsync(Enumerable.Range(0, 3000).Select(k => new StoredPoint(series[random.Next(3)], (i * 2000) + random.Next(3000), k)));
            if (i < 4) await store.SealAsync();
        }

        var query = new PointQuery { Series = series };
        var expected = await store.ScanAsync(query);
        var found = new List<StoredPoint>();
        await foreach (var block in reader.ScanAsync(query, default))
        {
            found.AddRange(StoredPoint.Of(block));
            await store.AppendAsync(Enumerable.Range(0, 2000).Select(k => new StoredPoint(series[k % 3], random.Next(14_000), -1)));
            await store.SealAsync();
        }

        Assert.Equal(expected, found);
    }

    private protected static IPointReader Open(StoreKind kind, string address)
    {
        var reader = StorageServices.OpenReader(kind, address, TimeProvider.System, static message => Assert.Fail(message), out var fault);
        Assert.Null(fault);
        return reader!;
    }

    private protected static SeriesKey Key(string text) => SeriesKey.TryParse(text, out var key) ? key! : throw new FormatException(text);

    private protected static async Task<List<StoredPoint>> ScanAsync(IPointReader reader, PointQuery query)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var found = new List<StoredPoint>();
        await foreach (var block in reader.ScanAsync(query, default)) found.AddRange(StoredPoint.Of(block));
        return found;
    }
}
