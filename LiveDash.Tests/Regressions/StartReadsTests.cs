using LiveDash.Core.Diagnostics;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Tests.Regressions;

/// <summary>A start reads the newest block of each series and no other, however many there are: twenty million points are ready as soon as a few.</summary>
public sealed class StartReadsTests
{
    private const int Series = 10;
    private const int BlockPoints = 4_096;

    [Fact]
    public async Task Start_EightTimesThePoints_ReadsNoMoreBlocks()
    {
        var (few, many) = (await ReadsAsync(blocks: 2), await ReadsAsync(blocks: 16));

        Assert.Equal(Series, few);
        Assert.Equal(few, many);
    }

    private static async Task<int> ReadsAsync(int blocks)
    {
        var disk = new MemoryDisk();
        await FillAsync(disk, blocks * BlockPoints);
        Assert.Equal(Series * blocks, disk.Blocks.Count);
        var database = new MemoryDatabase(disk);
        await using var app = await LiveApp.StartAsync(builder => builder.Services.AddSingleton<IBlockDatabase>(database));
        var loops = app.Services.GetRequiredService<LoopSupervisor>();
        await Wait.UntilAsync(() => database.BodiesRead >= Series && !loops["engine start"].IsRunning, "every series has its last value");
        Assert.Contains("\"ready\"", await app.GetAsync("/readyz"), StringComparison.Ordinal);
        return database.BodiesRead;
    }

    private static async Task FillAsync(MemoryDisk disk, int each)
    {
        var catalog = new SeriesCatalog(new Limits());
        var engine = new StoreEngine(new MemoryDatabase(disk), new StorageOptions { SealPoints = 1 << 24 }, catalog, TimeProvider.System, NullLogger<StoreEngine>.Instance);
        await using var points = new BlockPointStore(engine);
        await points.OpenAsync(default);
        var begin = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        for (var s = 0; s < Series; s++)
        {
            Assert.True(catalog.TryIntern(new SeriesKey($"old.{s}"), out var series));
            for (var at = 0; at < each; at += BlockPoints)
            {
                var batch = PointBatch.Rent();
                for (var i = at; i < at + BlockPoints; i++) batch.Add(series, begin + (i * TimeSpan.TicksPerSecond), i, double.NaN, double.NaN, null);
                await points.AppendAsync(batch, default);
                batch.Release();
            }
        }

        await engine.Keeper.SealAsync();
    }
}
