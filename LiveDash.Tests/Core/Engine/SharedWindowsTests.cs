using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Engine;

/// <summary>The windows of a series share one log of its points.</summary>
public class SharedWindowsTests
{
    private static readonly long s_second = TimeSpan.TicksPerSecond;
    private static readonly string[] s_specs = ["1", "50", "700", "1s", "30s", "5m", "tumbling 1m", "hopping 5m/30s", "session 2s", "1h"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7, 4)]
    public async Task Lease_WindowsComeAndGo_EachSameAsAnOwnOneThatWasAlwaysThere(int seed, int shards = 1)
    {
        // Stored and live points, late ones too, while windows are leased and given back at random: what each shows is what a window of its own would.
        var random = new Random(seed);
        var store = new MemoryPointStore { BlockSize = 64 };
        var harness = new EngineHarness(shards, store);
        var oracles = s_specs.Select(static spec => SlidingWindow.Create(WindowSpec.Parse(spec), WindowOptions.Default)).ToArray();
        var leases = new WindowLease?[s_specs.Length];
        var t = harness.Now - (4000 * s_second);
        for (var i = 0; i < 1200; i++)
        {
            t += random.Next(6) switch { 0 => 0, 1 => 3 * s_second, _ => random.Next((int)s_second) };
            // Within the lateness: a later one is stored, so it counts in a window that is rebuilt and not in one that was there.
            var time = random.Next(8) == 0 ? t - random.Next((int)(4 * s_second)) : t;
            var value = (double)random.Next(1000);
            foreach (var oracle in oracles) oracle.Add(time, value);
            var batch = EngineHarness.Batch((0, time, value));
            harness.Hand(batch);
            if (random.Next(3) > 0) harness.Step();
            Assert.True(store.AppendAsync(batch, default).IsCompletedSuccessfully);
            batch.Release();
            if (random.Next(10) > 0) continue;
            var one = random.Next(s_specs.Length);
            if (leases[one] is { } held)
            {
                held.Dispose();
                leases[one] = null;
            }
            else
            {
                var lease = harness.Engine.LeaseWindow(0, WindowSpec.Parse(s_specs[one]), []);
                leases[one] = lease;
                if (random.Next(2) == 0) await harness.StepUntilAsync(lease.WhenReadyAsync(default));
            }

            for (var k = 0; k < leases.Length; k++)
            {
                if (leases[k] is not { } lease) continue;
                harness.Step();
                if (lease.Version == 0) continue;
                Same(oracles[k], lease, $"seed {seed}, point {i}, {s_specs[k]}");
            }
        }

        foreach (var lease in leases.OfType<WindowLease>()) await harness.StepUntilAsync(lease.WhenReadyAsync(default));
        for (var k = 0; k < leases.Length; k++)
        {
            if (leases[k] is { } lease) Same(oracles[k], lease, $"seed {seed}, at the end, {s_specs[k]}");
        }

        Assert.Equal(leases.Count(static lease => lease is not null), harness.Engine.Status.Windows);
    }

    [Fact]
    public async Task Lease_ShorterWindowLater_NeedsNoSecondRead()
    {
        var harness = new EngineHarness(store: Stored(600));
        using var hour = harness.Engine.LeaseWindow(0, WindowSpec.Parse("1h"), []);
        await harness.StepUntilAsync(hour.WhenReadyAsync(default));

        using var minute = harness.Engine.LeaseWindow(0, WindowSpec.Parse("1m"), []);
        using var fifty = harness.Engine.LeaseWindow(0, WindowSpec.Last(50), [AggregateSpec.Percentile(50)]);
        harness.Step();

        Assert.Equal((60, 50, 600), (minute.Read().Summary.Count, fifty.Read().Summary.Count, hour.Read().Summary.Count));
        Assert.Equal(1, harness.Engine.Status.Scans);
        Assert.Single(Logs(harness));
    }

    [Fact]
    public async Task Lease_LongerWindowLater_ReadsThePastAgainAndDisturbsNoOther()
    {
        var store = Stored(600);
        var harness = new EngineHarness(store: store);
        using var minute = harness.Engine.LeaseWindow(0, WindowSpec.Parse("1m"), []);
        await harness.StepUntilAsync(minute.WhenReadyAsync(default));
        var release = new TaskCompletionSource();
        store.BeforeScan = _ => release.Task;
        harness.Tick(TimeSpan.FromSeconds(1));
        var live = EngineHarness.Batch((0, harness.Now, 7));
        harness.Hand(live);
        harness.Step();
        var before = minute.Read().Summary;

        using var hour = harness.Engine.LeaseWindow(0, WindowSpec.Parse("1h"), []);
        harness.Step();
        Assert.Equal((0, false), (hour.Read().Summary.Count, hour.Read().IsFull));
        release.SetResult();
        await harness.StepUntilAsync(hour.WhenReadyAsync(default));

        Assert.Equal(2, harness.Engine.Status.Scans);
        WindowAssert.Same(before, minute.Read().Summary);
        Assert.Equal((601, 7.0), (hour.Read().Summary.Count, hour.Read().Summary.Last));
        Assert.Equal(601, Assert.Single(Logs(harness)).Points.Held);
        live.Release();
    }

    [Fact]
    public async Task Lease_ManyWindowsAtOnce_OneReadServesAllThatItReaches()
    {
        var harness = new EngineHarness(store: Stored(600));
        string[] specs = ["1h", "30s", "5m", "tumbling 1m", "20"];
        var leases = specs.Select(spec => harness.Engine.LeaseWindow(0, WindowSpec.Parse(spec), [])).ToArray();
        foreach (var lease in leases) await harness.StepUntilAsync(lease.WhenReadyAsync(default));

        Assert.Equal(1, harness.Engine.Status.Scans);
        Assert.Equal([600L, 30, 300, 20], new[] { 0, 1, 2, 4 }.Select(i => leases[i].Read().Summary.Count));
    }

    [Fact]
    public async Task Dispose_LongestWindow_GivesItsPointsBack()
    {
        var harness = new EngineHarness(store: Stored(3000));
        using var minute = harness.Engine.LeaseWindow(0, WindowSpec.Parse("1m"), []);
        var hour = harness.Engine.LeaseWindow(0, WindowSpec.Parse("1h"), []);
        await harness.StepUntilAsync(hour.WhenReadyAsync(default));
        Assert.Equal(3000, Logs(harness)[0].Points.Held);

        hour.Dispose();
        harness.Step();

        // What is left is the minute and the rest of a leaf of 64.
        Assert.InRange(Logs(harness)[0].Points.Held, 60, 124);
        Assert.Equal(60, minute.Read().Summary.Count);
    }

    [Fact]
    public async Task Tick_SeriesIdle_HoldsOnlyWhatItsWindowsStillShow()
    {
        var harness = new EngineHarness(store: Stored(3000));
        using var ten = harness.Engine.LeaseWindow(0, WindowSpec.Last(10), []);
        using var hour = harness.Engine.LeaseWindow(0, WindowSpec.Parse("1h"), []);
        await harness.StepUntilAsync(hour.WhenReadyAsync(default));
        await harness.StepUntilAsync(ten.WhenReadyAsync(default));

        harness.Tick(TimeSpan.FromMinutes(10));
        Assert.Equal(3000, Logs(harness)[0].Points.Held);
        harness.Tick(TimeSpan.FromMinutes(61));

        Assert.InRange(Logs(harness)[0].Points.Held, 10, 73);
        Assert.Equal((10, 0), (ten.Read().Summary.Count, hour.Read().Summary.Count));
    }

    [Fact]
    public void Lease_OtherLateness_HasALogOfItsOwn()
    {
        var harness = new EngineHarness();
        using var patient = harness.Engine.LeaseWindow(0, WindowSpec.Parse("1h"), [], lateness: TimeSpan.FromMinutes(1));
        using var strict = harness.Engine.LeaseWindow(0, WindowSpec.Parse("1h"), [], lateness: TimeSpan.Zero);
        harness.Post((0, harness.Now, 1));
        harness.Post((0, harness.Now - (30 * s_second), 2));
        harness.Step();

        Assert.Equal((2, 1), (patient.Read().Summary.Count, strict.Read().Summary.Count));
        Assert.Equal((0, 1), (patient.Read().LateCount, strict.Read().LateCount));
        Assert.Equal(2, Logs(harness).Count);
    }

    [Fact]
    public async Task Dispose_WhileItsPastIsRead_OthersThatWaitGetTheirs()
    {
        var store = Stored(600);
        var release = new TaskCompletionSource();
        store.BeforeScan = _ => release.Task;
        var harness = new EngineHarness(store: store);
        var hour = harness.Engine.LeaseWindow(0, WindowSpec.Parse("1h"), []);
        using var minute = harness.Engine.LeaseWindow(0, WindowSpec.Parse("1m"), []);
        harness.Step();
        hour.Dispose();
        harness.Step();

        release.SetResult();
        await harness.StepUntilAsync(minute.WhenReadyAsync(default));

        Assert.Equal(60, minute.Read().Summary.Count);
        Assert.False(harness.Engine.Shards[0].Windows.NeedsBatches);
    }

    [Fact]
    public async Task Dispose_LastLiveWindowWhileAnotherReadsItsPast_LosesNoPoint()
    {
        var store = Stored(600);
        var harness = new EngineHarness(store: store);
        var minute = harness.Engine.LeaseWindow(0, WindowSpec.Parse("1m"), []);
        await harness.StepUntilAsync(minute.WhenReadyAsync(default));
        var release = new TaskCompletionSource();
        store.BeforeScan = _ => release.Task;
        using var hour = harness.Engine.LeaseWindow(0, WindowSpec.Parse("1h"), []);
        harness.Step();
        minute.Dispose();
        harness.Step();
        harness.Post((0, harness.Now, 7));
        harness.Step();

        release.SetResult();
        await harness.StepUntilAsync(hour.WhenReadyAsync(default));

        Assert.Equal((601, 7.0), (hour.Read().Summary.Count, hour.Read().Summary.Last));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lease_PartOfABatchOnItsWayToTheStore_IsNotLost(bool isPart)
    {
        var harness = new EngineHarness(shards: 4, store: new MemoryPointStore());
        var whole = EngineHarness.Batch((0, harness.Now, 1), (0, harness.Now, 2));
        var handed = isPart ? whole.Except([true, false]) : whole;
        harness.Hand(handed);
        if (isPart) handed.Release();
        harness.Step();
        harness.Tick(TimeSpan.FromSeconds(1));

        using var lease = harness.Engine.LeaseWindow(0, WindowSpec.Last(10), []);
        await harness.StepUntilAsync(lease.WhenReadyAsync(default));

        Assert.Equal(isPart ? 1 : 2, lease.Read().Summary.Count);
        whole.Release();
        harness.Tick(TimeSpan.FromSeconds(1));
        Assert.Equal(0, handed.Owners);
    }

    [Fact]
    public async Task Lease_WithinAGroupOfBatches_EachPointCountsOnceWhicheverTheStoreShows()
    {
        // The judge asks for a window at the first point of the group; the store has one of its batches by the time it is read, and not the other.
        var store = new MemoryPointStore();
        var release = new TaskCompletionSource();
        store.BeforeScan = _ => release.Task;
        var harness = new EngineHarness(store: store, judges: new AskingJudges());
        store.Add(0, harness.Now - s_second, 1);
        PointBatch[] group = [EngineHarness.Batch((0, harness.Now, 2)), EngineHarness.Batch((0, harness.Now, 3))];
        foreach (var batch in group) harness.Hand(batch);
        harness.Step();
        Assert.True(store.AppendAsync(group[0], default).IsCompletedSuccessfully);
        using var lease = harness.Engine.LeaseWindow(0, WindowSpec.Last(10), []);
        harness.Step();

        release.SetResult();
        await harness.StepUntilAsync(lease.WhenReadyAsync(default));

        Assert.Equal((3, 6.0), (lease.Read().Summary.Count, lease.Read().Summary.Sum));
        foreach (var batch in group) batch.Release();
    }

    // One point a second up to now, in the store.
    private static MemoryPointStore Stored(int seconds)
    {
        var store = new MemoryPointStore();
        var now = new ManualTime().Ticks;
        for (var i = seconds - 1; i >= 0; i--) store.Add(0, now - (i * s_second), i % 10);
        return store;
    }

    private static List<SeriesLog> Logs(EngineHarness harness) => harness.Engine.Shards[0].States.Find(0)!.Logs;

    private static void Same(SlidingWindow expected, WindowLease lease, string where)
    {
        var (want, have) = (expected.Summarize(), lease.Read());
        Assert.True((want.Count, want.Min, want.Max, want.First, want.Last) == (have.Summary.Count, have.Summary.Min, have.Summary.Max, have.Summary.First, have.Summary.Last),
            $"{where}: {want} expected, {have.Summary} shown");
        WindowAssert.Same(want, have.Summary);
        Assert.True(expected.IsFull == have.IsFull, where + " full");
    }
}
