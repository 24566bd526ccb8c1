using LiveDash.Core.Alerts;
using LiveDash.Core.Notifications;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Notifications;

public sealed class NoticeLinksTests
{
    private readonly ManualTime _time = new();
    private readonly MemoryDocumentStore _store = new();

    [Fact]
    public async Task Token_Made_IsGoodForItsKindAndItsTimeAndOutlivesARestart()
    {
        var links = await LinksAsync();
        var action = links.Make(NoticeLinkKind.Action, "episode 7");
        var picture = links.Make(NoticeLinkKind.Picture, "episode 7");

        Assert.Equal("episode 7", links.Read(NoticeLinkKind.Action, action));
        Assert.Null(links.Read(NoticeLinkKind.Picture, action));
        Assert.Null(links.Read(NoticeLinkKind.Action, picture));
        var again = await LinksAsync();
        Assert.Equal("episode 7", again.Read(NoticeLinkKind.Action, action));
        _time.Advance(NoticeLinks.ActionLife);
        Assert.Null(links.Read(NoticeLinkKind.Action, action));
        Assert.Equal("episode 7", links.Read(NoticeLinkKind.Picture, picture));
        _time.Advance(NoticeLinks.PictureLife);
        Assert.Null(links.Read(NoticeLinkKind.Picture, picture));
    }

    [Fact]
    public async Task Token_ChangedInOneCharacterOrOfAnotherServer_IsRefused()
    {
        var links = await LinksAsync();
        var token = links.Make(NoticeLinkKind.Action, "e");

        for (var i = 0; i < token.Length; i++)
        {
            // The last character of a part may hold bits that are no part of any byte.
            var changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            if (i != token.Length - 1 && i != token.IndexOf('.', StringComparison.Ordinal) - 1) Assert.Null(links.Read(NoticeLinkKind.Action, changed));
        }

        foreach (var none in new[] { "", ".", "a.b", "a", token + ".x", new string('a', 1_000) }) Assert.Null(links.Read(NoticeLinkKind.Action, none));
        var other = new NoticeLinks(new MemoryDocumentStore(), new NotificationOptions { PublicUrl = "https://dash.example.org" }, _time);
        await other.LoadAsync(default);
        Assert.Null(other.Read(NoticeLinkKind.Action, token));
    }

    [Fact]
    public async Task Notices_WithAnAddressOfTheServer_CarryLinksThatStandInNoDocument()
    {
        var seen = new List<Delivery>();
        var notifier = new RecordingNotifier((delivery, _) =>
        {
            seen.Add(delivery);
            return Task.FromResult(NotifyResult.Delivered);
        });
        using var harness = await NoticeHarness.StartAsync(notifier, options: new NotificationOptions { PublicUrl = "https://dash.example.org/dash/" });
        harness.Post(AlertEventKind.Fired);
        await harness.PassAsync(TimeSpan.FromSeconds(2));
        harness.Post(AlertEventKind.Resolved);
        await harness.PassAsync(TimeSpan.FromSeconds(10));
        await harness.Dispatcher.TestAsync(new ChannelConfig { Name = "ops", Kind = "log" }, default);

        var (fired, over, test) = (seen[0].Notices[0], seen[1].Notices[0], seen[2].Notices[0]);
        Assert.StartsWith("https://dash.example.org/dash/notice/", fired.Link, StringComparison.Ordinal);
        Assert.Equal(fired.Episode, harness.Links.Read(NoticeLinkKind.Action, fired.Link!.Split('/')[^1]));
        Assert.Equal(fired.Episode, harness.Links.Read(NoticeLinkKind.Picture, fired.Picture!.Split('/')[^1]));
        Assert.Null(over.Link);
        Assert.NotNull(over.Picture);
        Assert.Null(test.Picture);
        // In words, in a template, in the general form; and kept nowhere.
        var delivery = seen[0];
        Assert.Contains($"Acknowledge or silence: {fired.Link}", NoticeText.LinesWithLinks(delivery), StringComparison.Ordinal);
        Assert.Equal(fired.Link + " " + fired.Picture, NoticeText.Fill("{link} {picture}", delivery));
        Assert.Contains(fired.Picture!, System.Text.Encoding.UTF8.GetString(WebhookBodies.WriteGeneral(delivery)), StringComparison.Ordinal);
        foreach (var kind in new[] { "notice", "delivery", "told", "telling", "episode" })
        {
            foreach (var document in await harness.Store.ListAsync(kind, default)) Assert.DoesNotContain("dash.example.org", System.Text.Encoding.UTF8.GetString(document.Body), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Notices_WithoutAnAddress_CarryNoneAndATemplateSaysNothingThere()
    {
        var links = new NoticeLinks(_store, new NotificationOptions(), _time);
        await links.LoadAsync(default);
        var notice = new Notice { Episode = "e", Channel = "ops", Kind = "firing", Number = 1, AlertId = "a", RuleId = "r", Rule = "hot", Series = "x" };
        var delivery = links.With(new Delivery { Key = "k", Channel = "ops", RuleId = "r", Notices = [notice], Sequence = 1, MadeAt = 0 });

        Assert.Null(delivery.Notices[0].Link);
        Assert.Equal("<>", NoticeText.Fill("<{link}{picture}>", delivery));
        Assert.Null(links.Read(NoticeLinkKind.Action, "a.b"));
        Assert.Empty(await _store.ListAsync(NoticeLinks.Kind, default));
    }

    private async Task<NoticeLinks> LinksAsync()
    {
        var links = new NoticeLinks(_store, new NotificationOptions { PublicUrl = "https://dash.example.org" }, _time);
        await links.LoadAsync(default);
        return links;
    }
}
