using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>
/// What the preview shows is what happened: random rules of every kind over random points, once through the engine and its judge as the points come,
/// once through the preview of what was stored. 150 of them; 20,000 with LIVEDASH_LONG_TESTS=1.
/// </summary>
public sealed class PreviewIsLiveTests
{
    private static readonly int Histories = Environment.GetEnvironmentVariable("LIVEDASH_LONG_TESTS") == "1" ? 20_000 : 150;

    [Fact]
    public async Task Preview_OfWhatWasStored_GivesTheEpisodesThatWereLive()
    {
        var episodes = 0;
        for (var seed = 1; seed <= Histories; seed++)
        {
            var history = RandomRuleHistory.Draw(seed);
            var catalog = new SeriesCatalog(new Limits());
            var store = new MemoryPointStore();
            var live = await RunLiveAsync(history, catalog, store, shards: 1);
            var end = JudgeHarness.Start + history.End;
            var preview = await new RulePreview(store, catalog, new Limits(), new ManualTime(new DateTimeOffset(end, TimeSpan.Zero)))
                .RunAsync(history.Rule, new TimeRange(JudgeHarness.Start, end), default);
            var (wanted, got) = (Lines(live), Lines(preview.Episodes));
            if (wanted != got) Assert.Fail($"Seed {seed}, {history.Rule.Meaning}\nlive\n{wanted}\npreview\n{got}");
            episodes += preview.Total;
        }

        Assert.True(episodes > Histories, $"only {episodes} episodes");
    }

    // A window that began at another point sums up in another order: the last digits of a mean may differ.
    private static string Lines(IReadOnlyList<PreviewEpisode> episodes) => string.Join('\n', episodes.OrderBy(static e => (e.From, e.Series, e.To)).Select(
        static e => FormattableString.Invariant(
            $"{e.Series} {Seconds(e.From)}..{Seconds(e.To)} peak {e.Peak:G12} {e.Severity} {(e.Resolved ? "resolved" : "open")}")));

    private static double Seconds(long ticks) => (ticks - JudgeHarness.Start) / (double)TimeSpan.TicksPerSecond;

    private static async Task<IReadOnlyList<PreviewEpisode>> RunLiveAsync(RandomRuleHistory history, SeriesCatalog catalog, MemoryPointStore store, int shards)
    {
        var time = new ManualTime(new DateTimeOffset(JudgeHarness.Start, TimeSpan.Zero));
        var log = new PreviewLog(RulePreview.MaxEpisodes);
        var options = new EngineOptions { Shards = shards };
        var parts = new JudgeParts(catalog, new Limits(), new MeasureBoard(), new RuleStates(), log);
        var engine = new LiveEngine(options, time, NullLogger<LiveEngine>.Instance, store, new AlertJudgeFactory(parts, options, time));
        engine.History.FirstUnstored = 0;
        var rules = new RuleSet([history.Rule]);
        var configured = engine.WithJudgesAsync(judge => ((AlertPointJudge)judge).Configure(rules), default);
        Step(engine, time);
        await configured;
        var tick = JudgeHarness.Start;
        foreach (var (series, at, value) in history.Points)
        {
            TickUntil(JudgeHarness.Start + at);
            time.Advance(TimeSpan.FromTicks(JudgeHarness.Start + at - time.Ticks));
            Assert.True(SeriesKey.TryParse(series, out var key));
            if (!catalog.TryFind(key!, out var id))
            {
                // What its rule must know of other series is read from the store before its first point, as if that took no time.
                Assert.True(catalog.TryIntern(key!, out id));
                var shard = engine.Shards[id % shards];
                shard.Post(_ => shard.WithJudge(judge => judge.Watch(id, time.Ticks)));
                Step(engine, time);
            }

            var batch = PointBatch.Rent(1);
            batch.Add(id, time.Ticks, value);
            await store.AppendAsync(batch, default);
            await engine.PostAsync(batch, default);
            batch.Release();
            Step(engine, time);
        }

        TickUntil(JudgeHarness.Start + history.End);
        Assert.Equal(0, engine.Status.Faults);
        return log.End(JudgeHarness.Start + history.End).Episodes;

        void TickUntil(long ticks)
        {
            for (; tick < ticks; tick += TimeSpan.TicksPerSecond)
            {
                time.Advance(TimeSpan.FromTicks(tick - time.Ticks));
                foreach (var shard in engine.Shards) shard.PostTick();
                Step(engine, time);
            }
        }
    }

    // What a scan of the history posts is done too.
    private static void Step(LiveEngine engine, ManualTime time)
    {
        while (engine.Shards.Select(shard => shard.Step(time.Ticks)).ToList().Contains(true))
        {
            // Again, until nothing waits.
        }
    }
}
