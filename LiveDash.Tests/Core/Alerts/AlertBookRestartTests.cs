using System.Globalization;
using LiveDash.Core.Alerts;
using LiveDash.Core.Notifications;
using LiveDash.Core.Rules;
using LiveDash.Tests.Core.Notifications;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>
/// A restart after any step gives the same events, and no key is told twice: random histories through judge, book, outbox and dispatcher over a store
/// that is opened anew after each step in turn, against the plain oracle. 12 histories of 50 steps, each ended after each; 2,000 with
/// LIVEDASH_LONG_TESTS=1.
/// </summary>
public sealed class AlertBookRestartTests
{
    private const int Steps = 50;
    private static readonly int Histories = Environment.GetEnvironmentVariable("LIVEDASH_LONG_TESTS") == "1" ? 2_000 : 12;

    [Fact]
    public async Task Restart_AfterAnyStep_TellsTheSameEventsAndNoKeyTwice()
    {
        var told = 0;
        for (var (seed, done) = (1, 0); done < Histories; seed++)
        {
            var history = RandomHistory.Draw(seed, Steps);
            // The clock of the book goes on: one that is set back is the judge's business and tested there.
            if (history.Steps.Zip(history.Steps.Skip(1)).Any(static pair => pair.Second.Wall < pair.First.Wall)) continue;
            done++;
            for (var at = 0; at < history.Steps.Count; at++) told += await RunAsync(history, at, $"seed {seed}, ended after step {at}, rule {history.Rule.Expr}");
        }

        Assert.True(told > Histories, $"only {told} notices were told");
    }

    private static async Task<int> RunAsync(RandomHistory history, int end, string what)
    {
        var receiver = new RecordingNotifier();
        var store = new MemoryDocumentStore();
        var time = new ManualTime(new DateTimeOffset(JudgeHarness.Start, TimeSpan.Zero));
        var options = new NotificationOptions { GroupWait = TimeSpan.Zero, GroupInterval = TimeSpan.Zero };
        await new ChannelBook(store, options).SaveAsync([new ChannelConfig { Name = "ops", Kind = "log" }], default);
        var judged = new JudgeHarness();
        for (var i = 0; i < 2; i++) judged.Series(Name(i));
        var config = history.Rule with { Channels = ["ops"] };
        var plain = new PlainJudge(Read(config));
        var notices = await NoticeHarness.StartAsync(receiver, store, time, options, takesOver: false);
        judged.Log.Keeper = notices.Book;
        judged.Configure(0, Read(config));
        notices.Book.TakeOver(judged.Rules);
        for (var i = 0; i < history.Steps.Count; i++)
        {
            var step = history.Steps[i];
            time.Advance(TimeSpan.FromTicks(Math.Max(0, JudgeHarness.Start + step.Wall - time.Ticks)));
            if (step.Kind == HistoryStepKind.Restart) await RestartAsync();
            else config = history.Apply(step, config, judged, plain);
            await notices.PassAsync(TimeSpan.Zero);
            if (i == end) await RestartAsync();
        }

        await notices.PassAsync(TimeSpan.FromMinutes(11));
        await notices.PassAsync(TimeSpan.FromSeconds(1));
        notices.Dispose();
        Assert.Equal(plain.Log, judged.Log.Lines);
        AssertTold(receiver, what);
        return receiver.Sent.Count;

        async Task RestartAsync()
        {
            judged.End(time.Ticks);
            await notices.Book.SaveAsync(default);
            notices.Dispose();
            notices = await NoticeHarness.StartAsync(receiver, store, time, options, takesOver: false);
            judged.Log.Keeper = notices.Book;
            plain.Restart(time.Ticks);
            judged.Begin(time.Ticks).Watch();
            notices.Book.TakeOver(judged.Rules);
        }
    }

    private static void AssertTold(RecordingNotifier receiver, string what)
    {
        var all = receiver.Sent.SelectMany(static delivery => delivery.Notices).ToList();
        var twice = all.GroupBy(static notice => notice.Key).FirstOrDefault(static group => group.Count() > 1);
        Assert.True(twice is null, $"{twice?.Key} was told twice: {what}");
        foreach (var alert in all.Where(static notice => notice.Kind is "firing" or "resolved").GroupBy(static notice => notice.AlertId))
        {
            var kinds = string.Join(' ', alert.Select(static notice => notice.Kind));
            var alternates = alert.Index().All(static one => one.Item.Kind == (one.Index % 2 == 0 ? "firing" : "resolved"));
            Assert.True(alternates, $"told were {kinds}: {what}");
        }
    }

    private static string Name(int series) => string.Create(CultureInfo.InvariantCulture, $"x{{n={series}}}");

    private static RuleModel Read(RuleConfig config) => JudgeHarness.Rule(config.Expr, _ => config);
}
