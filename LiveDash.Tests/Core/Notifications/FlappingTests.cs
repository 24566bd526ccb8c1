using LiveDash.Core.Alerts;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Notifications;

/// <summary>Six changes in ten minutes is flapping: one notice, then quiet until it has been calm for ten minutes.</summary>
public sealed class FlappingTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(90);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SixChanges_WithinTenMinutes_AreToldOnceAsFlappingAndThenNothing(bool isRestarted)
    {
        var receiver = new RecordingNotifier();
        var harness = await NoticeHarness.StartAsync(receiver);
        try
        {
            for (var change = 0; change < 5; change++) await ChangeAsync(harness, change, Pause);
            Assert.Equal(["firing", "resolved", "firing", "resolved", "firing"], Kinds(receiver));
            await ChangeAsync(harness, 5, Pause);
            Assert.Equal("flapping", Kinds(receiver)[^1]);
            Assert.Contains("calm for ten minutes", receiver.Sent.Last().Notices[0].Message, StringComparison.Ordinal);
            if (isRestarted)
            {
                var (store, time) = (harness.Store, harness.Time);
                harness.Dispose();
                harness = await NoticeHarness.StartAsync(receiver, store, time);
            }

            // Slower now, but never calm for ten minutes.
            for (var change = 6; change < 12; change++) await ChangeAsync(harness, change, TimeSpan.FromMinutes(4));
            Assert.Equal(6, receiver.Sent.Count);
            await harness.PassAsync(TimeSpan.FromMinutes(5));
            Assert.Equal(6, receiver.Sent.Count);
            await harness.PassAsync(TimeSpan.FromMinutes(5));
            await harness.PassAsync(TimeSpan.FromSeconds(10));
            // The last it was told was firing, and it is over.
            Assert.Equal(["flapping", "resolved"], Kinds(receiver)[^2..]);
            Assert.Equal(7, receiver.Sent.Select(static d => d.Key).Distinct().Count());
        }
        finally
        {
            harness.Dispose();
        }
    }

    [Fact]
    public async Task Flapping_CalmWhileFiring_TellsTheEndOfTheOldEpisodeBeforeTheNewOne()
    {
        var receiver = new RecordingNotifier();
        using var harness = await NoticeHarness.StartAsync(receiver);
        for (var change = 0; change < 7; change++) await ChangeAsync(harness, change, Pause);
        Assert.Equal("flapping", Kinds(receiver)[^1]);
        await harness.PassAsync(TimeSpan.FromMinutes(10));
        for (var i = 0; i < 3; i++) await harness.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(["flapping", "resolved", "firing"], Kinds(receiver)[^3..]);
        var told = receiver.Sent.SelectMany(static d => d.Notices).ToList();
        Assert.Equal(told[4].Episode, told[6].Episode);
        Assert.NotEqual(told[6].Episode, told[7].Episode);
    }

    [Fact]
    public async Task FiveChanges_AreNoFlapping()
    {
        var receiver = new RecordingNotifier();
        using var harness = await NoticeHarness.StartAsync(receiver);
        for (var change = 0; change < 5; change++) await ChangeAsync(harness, change, Pause);
        await ChangeAsync(harness, 5, TimeSpan.FromMinutes(11));
        await ChangeAsync(harness, 6, TimeSpan.FromMinutes(11));
        Assert.DoesNotContain("flapping", Kinds(receiver));
        Assert.Equal(7, receiver.Sent.Count);
    }

    [Fact]
    public async Task Flapping_WhileSilenced_IsNotTold()
    {
        var receiver = new RecordingNotifier();
        using var harness = await NoticeHarness.StartAsync(receiver);
        harness.Book.AddSilence(new Silence { Id = "s", Series = "x", StartsAt = 0, EndsAt = harness.Now + TimeSpan.FromHours(1).Ticks });
        for (var change = 0; change < 8; change++) await ChangeAsync(harness, change, Pause);
        Assert.Empty(receiver.Sent);
        Assert.True(harness.Book.IsFlapping(AlertNames.Alert("hot", "x")));
    }

    // Even changes begin an episode, odd ones end it; the time passes first.
    private static async Task ChangeAsync(NoticeHarness harness, int change, TimeSpan pause)
    {
        await harness.PassAsync(pause);
        harness.Post(change % 2 == 0 ? AlertEventKind.Fired : AlertEventKind.Resolved, firedAt: 1_000 + (change / 2));
        await harness.PassAsync(TimeSpan.FromSeconds(6));
        await harness.PassAsync(TimeSpan.FromSeconds(6));
    }

    private static List<string> Kinds(RecordingNotifier receiver) => [.. receiver.Sent.SelectMany(static d => d.Notices).Select(static n => n.Kind)];
}
