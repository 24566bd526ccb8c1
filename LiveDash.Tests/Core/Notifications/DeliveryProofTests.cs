using System.Globalization;
using System.Text.Json;
using LiveDash.Core.Alerts;
using LiveDash.Core.Notifications;
using LiveDash.Tests.Shared;
using static LiveDash.Tests.Shared.UnkindReceiver;

namespace LiveDash.Tests.Core.Notifications;

/// <summary>A thousand alerts to a true receiver over true sockets, that hangs, answers 500, resets, dies and comes back: all arrive, each by one key.</summary>
public sealed class DeliveryProofTests
{
    private const int Rules = 50;
    private const int SeriesPerRule = 20;
    private const int MaxRounds = 5_000;

    [Theory]
    [InlineData(Manner.Hangs)]
    [InlineData(Manner.Fails)]
    [InlineData(Manner.Resets)]
    [InlineData(Manner.TakesAndDies)]
    public async Task ThousandAlerts_ReceiverUnwellInOneWay_AllArriveByOneKeyEach(Manner manner) => await ProveAsync(n => n % 3 == 2 ? Manner.Takes : manner, dies: false);

    [Fact]
    public async Task ThousandAlerts_ReceiverUnwellInEveryWayAndGoneForAWhile_AllArriveByOneKeyEach()
    {
        var random = new Random(3);
        var manners = Enumerable.Range(0, 100_000).Select(_ => (Manner)random.Next(5)).ToArray();
        await ProveAsync(n => manners[n], dies: true);
    }

    private static async Task ProveAsync(Func<int, Manner> manner, bool dies)
    {
        await using var receiver = new UnkindReceiver(manner);
        var store = new MemoryDocumentStore();
        var time = new ManualTime();
        // Nothing is given up and nothing repeated here, however often the receiver is unwell.
        var options = new NotificationOptions { MaxGroup = 5, GiveUpAfter = TimeSpan.FromDays(1_000), RepeatAfter = TimeSpan.FromDays(1_000) };
        await new ChannelBook(store, options).SaveAsync([new ChannelConfig { Name = "ops", Url = $"http://127.0.0.1:{receiver.Port}/" }], default);
        using var notifier = new WebhookNotifier(options, time);
        using var harness = await NoticeHarness.StartAsync(notifier, store, time, options);
        for (var rule = 0; rule < Rules; rule++)
        {
            var model = NoticeHarness.Read(NoticeHarness.Rule.Config with { Id = $"r{rule}", Name = $"r{rule}" });
            for (var i = 0; i < SeriesPerRule; i++) harness.Post(AlertEventKind.Fired, string.Create(CultureInfo.InvariantCulture, $"x{{n={i}}}"), model);
        }

        await harness.Book.SaveAsync(default);
        var isGone = false;
        for (var round = 0; harness.Dispatcher.Delivered < Rules * SeriesPerRule / options.MaxGroup; round++)
        {
            Assert.True(round < MaxRounds, $"{harness.Dispatcher.Delivered} deliveries after {MaxRounds} rounds");
            if (dies && isGone == (round is not (>= 20 and < 40)))
            {
                isGone = !isGone;
                if (isGone) await receiver.DieAsync();
                else receiver.ComeBack();
            }

            await harness.Dispatcher.StepAsync(harness.Now, default);
            await Wait.UntilAsync(() => IsIdle(harness, receiver), "nothing is on its way");
            // The pause after a failure passes.
            time.Advance(TimeSpan.FromMinutes(8));
        }

        Assert.Empty(harness.Dispatcher.Deliveries);
        Assert.Equal(0, harness.Outbox.Waiting);
        AssertToldByOneKey(receiver);
    }

    // Time passes where all that is on its way hangs, so that it is given up; never where an answer may be near.
    private static bool IsIdle(NoticeHarness harness, UnkindReceiver receiver)
    {
        if (harness.Dispatcher.InFlight == 0) return true;
        if (harness.Dispatcher.InFlight == receiver.Hanging) harness.Time.Advance(TimeSpan.FromSeconds(11));
        return false;
    }

    private static void AssertToldByOneKey(UnkindReceiver receiver)
    {
        var told = receiver.Taken
            .SelectMany(static one => JsonDocument.Parse(one.Body).RootElement.GetProperty("alerts").EnumerateArray().Select(alert => (one.Key, Alert: alert.GetProperty("key").GetString()!)))
            .ToList();
        Assert.Equal(Rules * SeriesPerRule, told.Select(static one => one.Alert).Distinct().Count());
        Assert.All(told.GroupBy(static one => one.Alert), static alert => Assert.Single(alert.Select(static one => one.Key).Distinct()));
        // Whatever came twice came whole: a receiver that knows keys knows repeats.
        Assert.All(receiver.Taken.GroupBy(static one => one.Key), static key => Assert.Single(key.Select(static one => one.Body).Distinct()));
    }
}
