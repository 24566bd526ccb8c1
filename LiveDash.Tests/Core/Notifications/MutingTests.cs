using LiveDash.Core.Alerts;
using LiveDash.Core.Notifications;

namespace LiveDash.Tests.Core.Notifications;

/// <summary>Silences and acknowledgements mute notices and never the state.</summary>
public sealed class MutingTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(6);

    [Theory]
    [InlineData("hot", null)]
    [InlineData(null, "x")]
    [InlineData(null, "x*")]
    [InlineData("hot", "*")]
    public async Task Silence_OverFiredAndResolved_MutesBothAndTellsTheEndOnceItIsOver(string? rule, string? series)
    {
        var receiver = new RecordingNotifier();
        using var harness = await NoticeHarness.StartAsync(receiver);
        harness.Post(AlertEventKind.Fired);
        await harness.PassAsync(Wait);
        harness.Book.AddSilence(new Silence { Id = "s", Rule = rule, Series = series, StartsAt = harness.Now, EndsAt = harness.Now + TimeSpan.FromHours(1).Ticks });
        Assert.Equal((AlertState.Firing, true), Assert.Single(harness.Book.List().Select(static a => (a.State, a.IsSilenced))));
        harness.Post(AlertEventKind.Resolved);
        Assert.Empty(harness.Book.List());
        for (var i = 0; i < 5; i++) await harness.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Single(receiver.Sent);
        await harness.PassAsync(TimeSpan.FromMinutes(10));
        await harness.PassAsync(Wait);
        Assert.Equal(["firing", "resolved"], receiver.Sent.SelectMany(static d => d.Notices).Select(static n => n.Kind));
    }

    [Fact]
    public async Task Silence_ResolvedAndFiredAnewUnderIt_TellsInTurns()
    {
        var receiver = new RecordingNotifier();
        using var harness = await NoticeHarness.StartAsync(receiver);
        harness.Post(AlertEventKind.Fired);
        await harness.PassAsync(Wait);
        harness.Book.AddSilence(new Silence { Id = "s", Rule = "hot", StartsAt = harness.Now, EndsAt = harness.Now + TimeSpan.FromHours(1).Ticks });
        harness.Post(AlertEventKind.Resolved);
        harness.Post(AlertEventKind.Fired, firedAt: 2_000);
        await harness.PassAsync(TimeSpan.FromHours(1));
        for (var i = 0; i < 3; i++) await harness.PassAsync(Wait);
        var told = receiver.Sent.SelectMany(static d => d.Notices).ToList();
        Assert.Equal(["firing", "resolved", "firing"], told.Select(static n => n.Kind));
        Assert.Equal((told[0].Episode, true), (told[1].Episode, told[2].Episode != told[0].Episode));
        // Each in a delivery of its own: a receiver of both together could not tell which is newer.
        Assert.Equal(3, receiver.Sent.Count);
    }

    [Fact]
    public async Task Silence_OfAnotherSeries_MutesNothing()
    {
        var receiver = new RecordingNotifier();
        using var harness = await NoticeHarness.StartAsync(receiver);
        harness.Book.AddSilence(new Silence { Id = "s", Series = "y{*}", StartsAt = 0, EndsAt = long.MaxValue });
        harness.Post(AlertEventKind.Fired);
        await harness.PassAsync(Wait);
        Assert.Single(receiver.Sent);
    }

    [Fact]
    public async Task Acknowledged_SeverityRisesAndItEnds_TellsBothButRepeatsNothing()
    {
        var receiver = new RecordingNotifier();
        using var harness = await NoticeHarness.StartAsync(receiver);
        harness.Post(AlertEventKind.Fired);
        await harness.PassAsync(Wait);
        Assert.True(harness.Book.Acknowledge(AlertNames.Alert("hot", "x"), "me"));
        Assert.Equal((AlertState.Firing, true), Assert.Single(harness.Book.List().Select(static a => (a.State, a.IsAcknowledged))));
        await harness.PassAsync(TimeSpan.FromHours(5));
        await harness.PassAsync(Wait);
        Assert.Single(receiver.Sent);
        harness.Post(AlertEventKind.SeverityChanged);
        await harness.PassAsync(Wait);
        harness.Post(AlertEventKind.Resolved);
        await harness.PassAsync(Wait);
        Assert.Equal(["firing", "severity", "resolved"], receiver.Sent.SelectMany(static d => d.Notices).Select(static n => n.Kind));
    }

    [Fact]
    public async Task Group_FirstWaitsThenLaterMembersWaitLonger()
    {
        var receiver = new RecordingNotifier();
        var options = new NotificationOptions { GroupWait = TimeSpan.FromSeconds(10), GroupInterval = TimeSpan.FromMinutes(1) };
        using var harness = await NoticeHarness.StartAsync(receiver, options: options);
        harness.Post(AlertEventKind.Fired, "x{n=1}");
        await harness.PassAsync(TimeSpan.FromSeconds(9));
        Assert.Empty(receiver.Sent);
        harness.Post(AlertEventKind.Fired, "x{n=2}");
        await harness.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Assert.Single(receiver.Sent).Notices.Count);
        harness.Post(AlertEventKind.Fired, "x{n=3}");
        await harness.PassAsync(TimeSpan.FromSeconds(59));
        Assert.Single(receiver.Sent);
        await harness.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal("x{n=3}", Assert.Single(receiver.Sent.Last().Notices).Series);
    }
}
