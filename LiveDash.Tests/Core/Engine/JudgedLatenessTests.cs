using LiveDash.Core.Engine;
using LiveDash.Core.Windows;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Engine;

/// <summary>Windows that are judged have the lateness that the settings give their series, and follow when the settings change.</summary>
public class JudgedLatenessTests
{
    private static readonly long s_second = TimeSpan.TicksPerSecond;

    [Fact]
    public void Judge_SettingsSayLateness_LatePointsCountByIt()
    {
        var judges = new RecordingJudges { Spec = WindowSpec.Last(10) };
        var harness = new EngineHarness(judges: judges, lateness: new ManualLateness(TimeSpan.FromMinutes(1)));

        harness.Post((0, harness.Now, 1), (0, harness.Now - (30 * s_second), 2), (0, harness.Now - (90 * s_second), 4));
        harness.Step();

        Assert.Equal([1.0, 3, 3], judges.Sums);
    }

    [Fact]
    public void FollowLateness_SettingsChange_TheJudgesWindowGoesOnWithItsPoints()
    {
        var judges = new RecordingJudges { Spec = WindowSpec.Last(10) };
        var lateness = new ManualLateness(TimeSpan.Zero);
        var harness = new EngineHarness(judges: judges, lateness: lateness);
        using var reader = harness.Engine.LeaseWindow(0, WindowSpec.Last(10), [], lateness: TimeSpan.Zero);
        harness.Post((0, harness.Now, 1), (0, harness.Now - s_second, 2));
        harness.Step();
        Assert.Equal((1, 1), (harness.Engine.Status.Windows, reader.Read().Summary.Count));

        lateness.Set(TimeSpan.FromMinutes(1));
        harness.Engine.Shards[0].Windows.FollowLateness();
        harness.Post((0, harness.Now - s_second, 4));
        harness.Step();

        Assert.Equal([1.0, 1, 5], judges.Sums);
        // The reader asked for a lateness of its own and keeps it.
        Assert.Equal((1, 2L), (reader.Read().Summary.Count, reader.Read().LateCount));
        lateness.Set(TimeSpan.Zero);
        harness.Engine.Shards[0].Windows.FollowLateness();
        harness.Post((0, harness.Now - s_second, 8), (0, harness.Now, 16));
        harness.Step();
        Assert.Equal([1.0, 1, 5, 5, 21], judges.Sums);
        judges.Windows!.Release(0, WindowSpec.Last(10));
        Assert.Equal(1, harness.Engine.Status.Windows);
    }

    [Fact]
    public async Task FollowLateness_WhileThePastIsRead_TheJudgesWindowGetsIt()
    {
        var release = new TaskCompletionSource();
        var store = new MemoryPointStore { BeforeScan = _ => release.Task };
        var judges = new RecordingJudges { Spec = WindowSpec.Last(10) };
        var lateness = new ManualLateness(TimeSpan.Zero);
        for (var i = 0; i < 5; i++) store.Add(0, new ManualTime().Ticks - (i * s_second), 1);
        var harness = new EngineHarness(store: store, judges: judges, lateness: lateness);
        harness.Step();
        lateness.Set(TimeSpan.FromMinutes(1));
        harness.Engine.Shards[0].Windows.FollowLateness();

        release.SetResult();
        await harness.StepUntilAsync(harness.Engine.WhenJudgedReadyAsync(default));
        var late = EngineHarness.Batch((0, harness.Now - (30 * s_second), 2));
        harness.Hand(late);
        harness.Step();
        late.Release();

        Assert.Equal([7.0], judges.Sums);
        Assert.Equal(1, harness.Engine.Status.Windows);
    }
}
