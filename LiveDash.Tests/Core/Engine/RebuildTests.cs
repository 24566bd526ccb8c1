using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Engine;

public class RebuildTests
{
    private static readonly long s_second = TimeSpan.TicksPerSecond;

    [Theory]
    [InlineData("5")]
    [InlineData("30s")]
    [InlineData("tumbling 1m")]
    [InlineData("hopping 1m/10s")]
    [InlineData("session 3s")]
    public async Task Lease_StoredPoints_SameAsIfNeverStopped(string text)
    {
        var spec = WindowSpec.Parse(text);
        var store = new MemoryPointStore { BlockSize = 7 };
        var harness = new EngineHarness(store: store);
        var plain = SlidingWindow.Create(spec, WindowOptions.Default);
        var random = new Random(1);
        var t = harness.Now - (200 * s_second);
        for (var i = 0; i < 100; i++, t += (1 + (random.Next(20) / 19 * 4)) * s_second)
        {
            var value = random.NextDouble();
            store.Add(0, t, value);
            store.Add(1, t, 77);
            plain.Add(t, value);
        }

        harness.Time.Advance(TimeSpan.FromTicks(Math.Max(0, t - harness.Now)));
        plain.AdvanceTo(harness.Now);
        using var lease = harness.Engine.LeaseWindow(0, spec, []);
        await harness.StepUntilAsync(lease.WhenReadyAsync(default));

        WindowAssert.Same(plain.Summarize(), lease.Read().Summary);
    }

    [Fact]
    public async Task Lease_PointsInStoreAndOnTheirWay_EachCountsOnce()
    {
        // Every way a point can lie between store and shard when a window is made, drawn at random.
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var store = new MemoryPointStore { BlockSize = 7 };
            var release = new TaskCompletionSource();
            store.BeforeScan = _ => release.Task;
            var harness = new EngineHarness(shards: 1 + (seed % 3), store: store);
            var t = harness.Now - (20 * s_second);
            var all = new List<(long, double)>();
            var uncommitted = new List<PointBatch>();
            WindowLease? lease = null;
            var leaseAt = random.Next(40);
            var scanAt = leaseAt + random.Next(10);
            for (var i = 0; i < 50; i++)
            {
                // Equal times and values on purpose.
                var point = (0, t + (random.Next(4) * s_second), (double)random.Next(3));
                t += random.Next(2) * s_second / 4;
                all.Add((point.Item2, point.Item3));
                var batch = EngineHarness.Batch(point);
                if (random.Next(2) == 0)
                {
                    uncommitted.Add(batch);
                    harness.Hand(batch);
                    harness.Step();
                }
                else
                {
                    harness.Hand(batch);
                    if (random.Next(2) == 0) harness.Step();
                    Keep(store, batch);
                    batch.Release();
                }

                if (i == leaseAt)
                {
                    lease = harness.Engine.LeaseWindow(0, WindowSpec.Last(TimeSpan.FromMinutes(5)), []);
                    harness.Step();
                }

                // While a scan is under way commits go on: those that fall before it are seen by both.
                while (uncommitted.Count > 0 && random.Next(3) == 0)
                {
                    Keep(store, uncommitted[0]);
                    uncommitted[0].Release();
                    uncommitted.RemoveAt(0);
                }

                if (i == scanAt) release.TrySetResult();
            }

            release.TrySetResult();
            await harness.StepUntilAsync(lease!.WhenReadyAsync(default));
            var summary = lease.Read().Summary;
            Assert.True(summary.Count == all.Count, $"seed {seed}: {summary.Count} of {all.Count}");
            Assert.Equal(all.Sum(p => p.Item2), summary.Sum, 9);
            foreach (var batch in uncommitted) batch.Release();
        }
    }

    [Fact]
    public async Task Lease_StoreFails_GoesLiveWithoutItsPast()
    {
        var store = new MemoryPointStore { BeforeScan = _ => throw new IOException("gone") };
        var harness = new EngineHarness(store: store);
        using var lease = harness.Engine.LeaseWindow(0, WindowSpec.Last(5), []);

        await harness.StepUntilAsync(lease.WhenReadyAsync(default));
        harness.Post((0, harness.Now, 3));
        harness.Step();

        Assert.Equal(1, lease.Read().Summary.Count);
        Assert.Equal(1, harness.Engine.Status.Faults);
    }

    [Fact]
    public async Task QueryAsync_PointsJustPosted_AreIn()
    {
        var harness = new EngineHarness(store: new MemoryPointStore());
        var batch = EngineHarness.Batch((0, harness.Now, 3), (0, harness.Now, 5));
        harness.Hand(batch);

        var query = harness.Engine.QueryAsync(0, WindowSpec.Last(5), [], default);
        await harness.StepUntilAsync(query);

        Assert.Equal(8, (await query).Summary.Sum);
        harness.Tick(LingeringWindows.Patience);
        Assert.Equal(0, harness.Engine.Status.Windows);
        batch.Release();
    }

    [Fact]
    public async Task LeaseChart_StoredAndLivePoints_SameColumnsAsAllAtOnce()
    {
        var store = new MemoryPointStore { BlockSize = 7 };
        var harness = new EngineHarness(store: store);
        var random = new Random(3);
        var plain = new ChartColumns(s_second, 60);
        var t = harness.Now - (60 * s_second);
        ChartLease? lease = null;
        for (var i = 0; i < 400; i++)
        {
            var point = (0, t + random.Next((int)s_second / 2), random.NextDouble());
            t += s_second * 3 / 20;
            plain.Add(point.Item2, point.Item3);
            var batch = EngineHarness.Batch(point);
            harness.Hand(batch);
            if (i % 3 == 0) harness.Step();
            Keep(store, batch);
            batch.Release();
            if (i == 200) lease = harness.Engine.LeaseChart(0, TimeSpan.FromSeconds(60), 60);
        }

        await harness.StepUntilAsync(lease!.WhenReadyAsync(default));
        List<ChartColumn> expected = [], actual = [];
        plain.CopySince(0, expected);
        lease.CopySince(0, actual);

        // Means and counts too: no point that was both scanned and live counts twice.
        static ChartColumn Rounded(ChartColumn column) => column with { Mean = Math.Round(column.Mean, 9) };
        Assert.Equal(expected.Select(Rounded), actual.Select(Rounded));
    }

    [Fact]
    public async Task LoadLastValues_AfterRestart_ShowsWhatTheStoreKnew()
    {
        var store = new MemoryPointStore { BlockSize = 7 };
        var harness = new EngineHarness(shards: 2, store: store);
        store.Add(0, harness.Now - 50, 1);
        store.Add(0, harness.Now - 40, 2);
        store.Add(3, harness.Now - 30, 3);
        var service = new EngineService(harness.Engine, new EngineOptions(), new SeriesCatalog(new Limits()), new LiveDash.Core.Diagnostics.LoopSupervisor(harness.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<LiveDash.Core.Diagnostics.LoopSupervisor>.Instance), harness.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<EngineService>.Instance);

        await service.LoadLastValuesAsync(default);
        harness.Post((3, harness.Now, 4));
        harness.Step();

        Assert.True(harness.Engine.TryReadLast(0, out var first));
        Assert.Equal((harness.Now - 40, 2.0), (first.Time, first.Value));
        Assert.True(harness.Engine.TryReadLast(3, out var second));
        Assert.Equal(4, second.Value);
    }

    [Fact]
    public async Task LeaseLocated_StoredAndLivePoints_OldFirstThenEachOnce()
    {
        var store = new MemoryPointStore { BlockSize = 7 };
        var harness = new EngineHarness(store: store);
        store.Add(0, harness.Now - 2, 0, 1, 2);
        store.Add(0, harness.Now - 1, 0, 3, 4);
        var signal = new ChangeSignal();
        using var lease = harness.Engine.LeaseLocated(0, 10, signal);
        harness.Step();
        await signal.WaitAsync(default).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        var batch = PointBatch.Rent();
        batch.Add(0, harness.Now, 0, 5, 6);
        batch.Add(0, harness.Now, 0);
        harness.Hand(batch);
        batch.Release();
        harness.Step();
        List<LocatedPoint> old = [], fresh = [];
        lease.CopyNew(old, fresh);

        Assert.Equal([(1.0, 2.0), (3, 4)], old.Select(p => (p.X, p.Y)));
        Assert.Equal([(5.0, 6.0)], fresh.Select(p => (p.X, p.Y)));
        Assert.False(lease.HasNew);
    }

    private static void Keep(MemoryPointStore store, PointBatch batch) =>
        Assert.True(store.AppendAsync(batch, default).IsCompletedSuccessfully);
}
