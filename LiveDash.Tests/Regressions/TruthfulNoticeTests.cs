using System.Text;
using System.Text.Json;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Model;
using LiveDash.Core.Notifications;
using LiveDash.Core.Rules;
using LiveDash.Tests.Core.Notifications;
using LiveDash.Tests.Shared;
using LiveDash.Web.ViewModels;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Regressions;

/// <summary>What is said of an alert is so: no data, a fault and a recovery are told as that, everywhere in the same words; and somebody is told.</summary>
public sealed class TruthfulNoticeTests
{
    [Fact]
    public async Task NoData_RuleThatAlertsOnSilence_SaysSoInNoticeListBannerAndHistory()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:Notifications:GroupWait=00:00:00", "--LiveDash:Notifications:GroupInterval=00:00:00"]);
        await PutAsync(app, "/api/settings/channels", $$"""[{"name":"ops","kind":"webhook","url":"{{receiver.Address}}","default":true}]""");
        await PutAsync(app, "/api/rules/b5", """{"name":"b5","expr":"last(b5, 1) > 80","onNoData":"alert","staleAfter":"1s","message":"b5 is too hot: {value}"}""");
        await app.PostAsync("""{"series":"b5","value":1}""");
        await Wait.UntilAsync(() => !receiver.Received.IsEmpty, "the silence is told");
        var message = Message(receiver, 0);
        Assert.Contains("no data came for 1s", message, StringComparison.Ordinal);
        Assert.DoesNotContain(">", message, StringComparison.Ordinal);
        Assert.DoesNotContain("too hot", message, StringComparison.Ordinal);

        var book = app.Services.GetRequiredService<AlertBook>();
        var alert = Assert.Single(book.List());
        Assert.Equal(AlertCause.NoData, alert.Cause);
        Assert.Equal("no data", AlertListItem.Of(alert).Figure);
        Assert.Equal("", AlertListItem.Of(alert).Border);
        Assert.Equal(("no data", ""), (AlertFigure.Value(alert), AlertFigure.Why(alert)));
        Assert.Equal("Fired, warning: no data", EpisodeWords.Event(book.FindEpisode(alert.Episode!)!.Events[0]));

        await app.PostAsync("""{"series":"b5","value":2}""");
        await Wait.UntilAsync(() => receiver.Received.Count == 2, "the end is told");
        Assert.Contains("data comes again", Message(receiver, 1), StringComparison.Ordinal);
        Assert.Equal("Resolved: data comes again and is within bounds", EpisodeWords.Event(book.Episodes()[0].Events[^1]));
    }

    [Theory]
    [InlineData(AlertState.Firing, AlertCause.Breach, "92", "above 80")]
    [InlineData(AlertState.Recovering, AlertCause.Breach, "92", "clears at 80")]
    [InlineData(AlertState.Firing, AlertCause.NoData, "no data", "")]
    [InlineData(AlertState.Firing, AlertCause.Error, "cannot be judged", "")]
    public void Value_EachState_SaysWhatIsSoAndNoComparisonThatIsNot(AlertState state, AlertCause cause, string figure, string why)
    {
        var alert = new Alert { Id = "a", Rule = NoticeHarness.Rule, Series = new SeriesKey("x", []), State = state, Cause = cause, Value = 92 };
        Assert.Equal((figure, why), (AlertFigure.Value(alert), AlertFigure.Why(alert)));
    }

    [Fact]
    public async Task Resolved_RuleWithItsOwnWords_SaysThatItIsOver()
    {
        var notifier = new RecordingNotifier();
        var rule = NoticeHarness.Read(new RuleConfig { Id = "own", Name = "own", Expr = "last(x, 1) > 80", Channels = ["ops"], Message = "{series} is too hot" });
        using var harness = await NoticeHarness.StartAsync(notifier);
        harness.Post(AlertEventKind.Fired, rule: rule);
        await harness.PassAsync(TimeSpan.FromSeconds(2));
        harness.Post(AlertEventKind.Resolved, rule: rule);
        await harness.PassAsync(TimeSpan.FromSeconds(10));
        var said = notifier.Sent.SelectMany(static d => d.Notices).Select(static n => n.Message).ToList();
        Assert.Equal(["x is too hot", "own is over: x, back within bounds"], said);
    }

    [Fact]
    public async Task Rules_WithoutAChannel_TellTheDefaultOneOrSayThatTheyTellNobody()
    {
        await using var app = await LiveApp.StartAsync();
        await PutAsync(app, "/api/rules/quiet", """{"name":"quiet","expr":"last(q, 1) > 80"}""");
        Assert.True(Items(app).Single(static item => item.Rule.Id == "quiet").TellsNobody);
        Assert.Contains("tells nobody", await PageAsync(app), StringComparison.OrdinalIgnoreCase);
        await PutAsync(app, "/api/settings/channels", """[{"name":"ops","kind":"log","default":true},{"name":"night","kind":"log"}]""");
        Assert.False(Items(app).Single(static item => item.Rule.Id == "quiet").TellsNobody);
        Assert.Equal(["ops"], app.Services.GetRequiredService<ChannelBook>().Of(new RuleConfig()));
        Assert.Equal(["night"], app.Services.GetRequiredService<ChannelBook>().Of(new RuleConfig { Channels = ["night"] }));
        Assert.DoesNotContain("tells nobody", await PageAsync(app), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task TenThousand_EachANoticeOfItsOwn_ReachAFastReceiverOnceEachWithManyOnTheirWay()
    {
        var (now, most) = (0, 0);
        var gate = new Lock();
        var notifier = new RecordingNotifier(async (_, _) =>
        {
            lock (gate) most = Math.Max(most, ++now);
            await Task.Yield();
            lock (gate) now--;
            return NotifyResult.Delivered;
        });
        using var harness = await NoticeHarness.StartAsync(notifier, options: new NotificationOptions { MaxGroup = 1 });
        for (var i = 0; i < 10_000; i++) harness.Post(AlertEventKind.Fired, $"s{i}");
        // Each pass is one look of the dispatcher: as many as fit on the way leave with it, and none waits for the tick of another.
        var passes = 0;
        for (; notifier.Sent.Count < 10_000 && passes < 100; passes++) await harness.PassAsync(TimeSpan.FromSeconds(passes == 0 ? 2 : 0));
        Assert.Equal(10_000, notifier.Sent.Select(static d => d.Key).Distinct().Count());
        Assert.True(passes <= 21, $"{passes} looks for 10,000 notices");
        Assert.InRange(most, 2, ChannelLane.AtOnce);
    }

    [Fact]
    public async Task OneAlert_SeveralPiecesOfNews_KeepTheirOrderWhateverTheFirstAttemptSays()
    {
        var tries = 0;
        var notifier = new RecordingNotifier((delivery, _) => Task.FromResult(delivery.Notices[0].Series == "x" && Interlocked.Increment(ref tries) == 1 ? NotifyResult.Retry("later") : NotifyResult.Delivered));
        using var harness = await NoticeHarness.StartAsync(notifier, options: new NotificationOptions { MaxGroup = 1, GroupInterval = TimeSpan.Zero });
        harness.Post(AlertEventKind.Fired);
        harness.Post(AlertEventKind.Fired, "y");
        await harness.PassAsync(TimeSpan.FromSeconds(2));
        harness.Post(AlertEventKind.Resolved);
        harness.Post(AlertEventKind.Resolved, "y");
        await harness.PassAsync(TimeSpan.Zero);
        await harness.PassAsync(TimeSpan.FromSeconds(5));
        await harness.PassAsync(TimeSpan.FromSeconds(5));
        var told = notifier.Sent.SelectMany(static d => d.Notices).ToList();
        Assert.Equal(["firing", "firing", "resolved"], told.Where(static n => n.Series == "x").Select(static n => n.Kind));
        Assert.Equal(["firing", "resolved"], told.Where(static n => n.Series == "y").Select(static n => n.Kind));
        // What another alert of the rule waits for holds up nobody else.
        Assert.True(told.FindIndex(static n => n is { Series: "y", Kind: "resolved" }) < told.FindIndex(static n => n is { Series: "x", Kind: "resolved" }));
    }

    private static IReadOnlyList<RuleListItem> Items(LiveApp app) => RuleListItem.All(
        app.Services.GetRequiredService<RuleBook>().Rules, app.Services.GetRequiredService<RuleStates>(), [], [], app.Services.GetRequiredService<ChannelBook>());

    private static string Message(WebhookReceiver receiver, int at) => JsonDocument.Parse(receiver.Received.ElementAt(at).Body).RootElement.GetProperty("message").GetString()!;

    private static async Task<string> PageAsync(LiveApp app)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/rules");
        request.Headers.Add("Accept", "text/html");
        using var answer = await app.Client.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task PutAsync(LiveApp app, string path, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await app.Client.PutAsync(new Uri(path, UriKind.Relative), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
