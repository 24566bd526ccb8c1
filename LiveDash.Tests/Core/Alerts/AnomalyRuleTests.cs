using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Detection;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Tests.Core.Engine;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>Rules that ask the anomaly detector, through the engine as points come and through the preview of what was stored.</summary>
public sealed class AnomalyRuleTests
{
    private const int Points = 900;
    private const int Event = 800;
    private static readonly long s_step = 5 * TimeSpan.TicksPerMinute;

    [Fact]
    public async Task Anomaly_SpikeAfterDaysOfNoise_FiresOnceAndSaysWhyAsThePreviewDoes()
    {
        var run = new Run("anomaly(x)");
        for (var i = 0; i < Points; i++) run.Point(i, Value(i));

        var live = run.End();
        var preview = await run.PreviewAsync();

        var episode = Assert.Single(live);
        Assert.Equal(Event, (episode.From - run.Start) / s_step);
        Assert.Matches("^seen lately [0-9.]+ to 1[0-9.]+, got 40$", episode.Why);
        Assert.Equal(live, preview.Episodes);
    }

    [Fact]
    public void Anomaly_WhileItLearns_NeverFires()
    {
        var run = new Run("anomaly(x, high)");
        for (var i = 0; i < 250; i++) run.Point(i, i == 200 ? 1e6 : Value(i));

        Assert.Empty(run.End());
    }

    [Fact]
    public void Anomaly_Notice_SaysTheReasonInTheKeptEpisode()
    {
        var run = new Run("anomaly(x)");
        for (var i = 0; i <= Event; i++) run.Point(i, Value(i));

        var fired = Assert.Single(run.Log.Transitions, static one => one.Kind == AlertEventKind.Fired);
        Assert.StartsWith("seen lately ", Episode.Begin(fired).With(fired).Why, StringComparison.Ordinal);
        Assert.Contains("seen lately ", LiveDash.Core.Notifications.NoticeText.Message(fired, "firing"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lease_AfterARestart_ScoresAsIfItHadNeverStopped()
    {
        var store = new MemoryPointStore { BlockSize = 64 };
        var before = new EngineHarness(store: store);
        var start = before.Now;
        using var all = before.Engine.LeaseDetector(0, TimeSpan.FromMinutes(5), 1_000);
        await before.StepUntilAsync(all.WhenReadyAsync(default));
        Feed(before, store, start, 0, 700);

        var after = new EngineHarness(store: store);
        after.Time.Advance(TimeSpan.FromTicks(before.Now - after.Now));
        using var late = after.Engine.LeaseDetector(0, TimeSpan.FromMinutes(5), 1_000);
        await after.StepUntilAsync(late.WhenReadyAsync(default));
        Feed(before, null, start, 700, Points);
        Feed(after, store, start, 700, Points);

        Assert.True(all.Since(0).Count > 800);
        Assert.Equal(all.Since(0), late.Since(0));
        Assert.Equal(all.Reading, late.Reading);
        Assert.Equal(1, after.Engine.Detectors);
        late.Dispose();
        after.Step();
        Assert.Equal(0, after.Engine.Detectors);
    }

    [Fact]
    public async Task Lease_PointsInStoreAndOnTheirWay_EachIsLearntOnce()
    {
        var store = new MemoryPointStore { BlockSize = 7 };
        var release = new TaskCompletionSource();
        store.BeforeScan = _ => release.Task;
        var harness = new EngineHarness(store: store);
        var start = harness.Now;
        Feed(harness, store, start, 0, 300);
        using var lease = harness.Engine.LeaseDetector(0, TimeSpan.FromMinutes(5), 1_000);
        harness.Step();
        Feed(harness, store, start, 300, 500);
        release.SetResult();
        await harness.StepUntilAsync(lease.WhenReadyAsync(default));
        Feed(harness, store, start, 500, Points);

        var plain = new AnomalyDetector();
        var trace = new AnomalyTrace(s_step, 1_000);
        plain.Listener = trace;
        for (var i = 0; i < Points; i++) plain.Push(start + (i * s_step), Value(i));
        Assert.Equal(trace.Since(0), lease.Since(0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(250)]
    public async Task Lease_SamePointsInBatchesOfAnySize_ScoresTheSame(int most)
    {
        var harness = new EngineHarness();
        using var lease = harness.Engine.LeaseDetector(0, TimeSpan.FromMinutes(5), 1_000);
        await harness.StepUntilAsync(lease.WhenReadyAsync(default));
        var start = harness.Now;
        harness.Time.Advance(TimeSpan.FromTicks(Points * s_step));
        var random = new Random(most);
        for (var i = 0; i < Points;)
        {
            var size = Math.Min(Points - i, random.Next(1, most + 1));
            harness.Post([.. Enumerable.Range(i, size).Select(one => (0, start + (one * s_step), Value(one)))]);
            // Some are taken one batch at a time, some as a group.
            if (random.Next(2) == 0) harness.Step();
            i += size;
        }

        harness.Step();
        var plain = new AnomalyDetector();
        var trace = new AnomalyTrace(s_step, 1_000);
        plain.Listener = trace;
        for (var i = 0; i < Points; i++) plain.Push(start + (i * s_step), Value(i));
        Assert.Equal(trace.Since(0), lease.Since(0));
    }

    [Fact]
    public async Task Anomaly_OfASeriesWithAUnit_SaysItBehindTheFigures()
    {
        var run = new Run("anomaly(boiler_celsius)", "boiler_celsius");
        for (var i = 0; i < Points; i++) run.Point(i, Value(i));

        Assert.Matches("^seen lately [0-9.]+ to 1[0-9.]+ °C, got 40 °C$", Assert.Single((await run.PreviewAsync()).Episodes).Why);
    }

    private static void Feed(EngineHarness harness, MemoryPointStore? store, long start, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var at = start + (i * s_step);
            harness.Time.Advance(TimeSpan.FromTicks(Math.Max(0, at - harness.Now)));
            var batch = EngineHarness.Batch((0, at, Value(i)));
            if (store is not null) Assert.True(store.AppendAsync(batch, default).IsCompletedSuccessfully);
            harness.Hand(batch);
            harness.Step();
            batch.Release();
        }
    }

    private static double Value(int i)
    {
        if (i == Event) return 40;
        var random = new Random(i);
        return 10 + (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
    }

    private sealed class Run
    {
        private readonly SeriesCatalog _catalog = new(new Limits());
        private readonly MemoryPointStore _store = new();
        private readonly EngineHarness _harness;
        private readonly RuleModel _rule;
        private readonly SeriesKey _series;
        private readonly PreviewLog _episodes = new(100);

        public Run(string expr, string series = "x")
        {
            _series = new SeriesKey(series);
            _rule = JudgeHarness.Rule(expr);
            var options = new EngineOptions { Shards = 1 };
            var time = new ManualTime();
            Log = new RecordingLog();
            var parts = new JudgeParts(_catalog, new Limits(), new MeasureBoard(), new RuleStates(), new BothLogs(Log, _episodes));
            _harness = new EngineHarness(store: _store, judges: new AlertJudgeFactory(parts, options, time), options: options);
            _harness.Engine.History.FirstUnstored = 0;
            Start = _harness.Now;
            _ = _harness.Engine.WithJudgesAsync(judge => ((AlertPointJudge)judge).Configure(new RuleSet([_rule])), default);
            _harness.Step();
        }

        public RecordingLog Log { get; }

        public long Start { get; }

        public void Point(int i, double value)
        {
            var at = Start + (i * s_step);
            _harness.Time.Advance(TimeSpan.FromTicks(at - _harness.Now));
            if (!_catalog.TryFind(_series, out var series)) Assert.True(_catalog.TryIntern(_series, out series));
            _harness.Post((series, at, value));
            _harness.Step();
            _store.Add(series, at, value);
        }

        public IReadOnlyList<PreviewEpisode> End() => _episodes.End(_harness.Now).Episodes;

        public Task<PreviewResult> PreviewAsync() =>
            new RulePreview(_store, _catalog, new Limits(), _harness.Time).RunAsync(_rule, new TimeRange(Start, _harness.Now + 1), default);
    }

    /// <summary>Tells two logs the same.</summary>
    private sealed class BothLogs(RecordingLog one, PreviewLog other) : IAlertLog
    {
        public KeptAlert? Recall(string alertId, LiveFigures live)
        {
            other.Recall(alertId, live);
            return one.Recall(alertId, live);
        }

        public void Follow(string alertId, AlertClock clock) => one.Follow(alertId, clock);

        public void NoteSilence(string series, long quiet) => one.NoteSilence(series, quiet);

        public long RecallSilence(string series) => one.RecallSilence(series);

        public void Post(AlertTransition transition)
        {
            one.Post(transition);
            other.Post(transition);
        }
    }
}
