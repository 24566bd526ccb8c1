using Bunit;
using LiveDash.Core.Notifications;
using LiveDash.Web.Components.Channels;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.Components;

public sealed class ChannelDialogTests : AlertComponentContext
{
    private static readonly NotificationOptions s_options = new();
    private ChannelConfig? _saved;

    [Fact]
    public void Save_Empty_SaysWhatIsMissingBesideEachField()
    {
        var dialog = Show(new ChannelDraft(s_options, []));
        Assert.Empty(dialog.FindAll(".error"));

        dialog.Find("form").Submit();

        Assert.Null(_saved);
        Assert.Equal(2, dialog.FindAll("[aria-invalid=true]").Count);
    }

    [Fact]
    public void Mail_FieldByField_IsKept()
    {
        var draft = new ChannelDraft(s_options, []);
        var dialog = Show(draft);
        dialog.Find("input[value=mail]").Change("mail");
        foreach (var (at, text) in new[] { "night", "smtp.example.org", "twenty", "a@example.org", "b@example.org, c@example.org" }.Index()) dialog.FindAll("input[type=text]")[at].Input(text);
        dialog.Find("form").Submit();
        Assert.Equal("A port is a number from 1 to 65535.", Assert.Single(dialog.FindAll(".error")).TextContent);

        dialog.FindAll("input[type=text]")[2].Input("587");
        dialog.Find("input[type=checkbox]").Change(true);
        dialog.Find("form").Submit();

        Assert.Equal(("night", "smtp.example.org", 587, "a@example.org", true), (_saved!.Name, _saved.Host, _saved.Port, _saved.From, _saved.Tls));
        Assert.Equal(["b@example.org", "c@example.org"], _saved.To);
        Assert.Null(_saved.Url);
    }

    [Fact]
    public void Slack_Changed_NeverShowsItsAddressAndKeepsIt()
    {
        var dialog = Show(new ChannelDraft(s_options, [], new ChannelConfig { Name = "chat", Kind = "slack", Url = "https://hooks.slack.com/services/secret" }));
        Assert.DoesNotContain("services/secret", dialog.Markup, StringComparison.Ordinal);

        dialog.Find("form").Submit();

        Assert.Equal("https://hooks.slack.com/services/secret", _saved!.Url);
    }

    [Fact]
    public void Secret_RemovedOrReplaced_IsGoneOrAnother()
    {
        var old = new ChannelConfig { Name = "ops", Url = "http://127.0.0.1/", Secret = "old", Headers = new Dictionary<string, string> { ["X-Token"] = "t" } };
        var dialog = Show(new ChannelDraft(s_options, [], old));
        dialog.Find("form").Submit();
        Assert.Equal(("old", "t"), (_saved!.Secret, _saved.Headers!["X-Token"]));

        dialog.Find(".channel-secret button").Click();
        dialog.Find("form").Submit();
        Assert.Null(_saved.Secret);

        dialog.Find("input[type=password]").Input("new");
        dialog.Find("form").Submit();
        Assert.Equal("new", _saved.Secret);
    }

    [Fact]
    public void Command_WhereItIsOff_CannotBeChosenAndSaysWhoTurnsItOn()
    {
        var dialog = Show(new ChannelDraft(s_options, []));

        Assert.True(dialog.Find("input[value=command]").HasAttribute("disabled"));
        Assert.Contains("LiveDash:Notifications:AllowCommands", dialog.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_LineWithoutAColon_IsAFault()
    {
        var draft = new ChannelDraft(s_options, []);
        draft.Set("headers", "X-Team ops");

        Assert.Equal("'X-Team ops' has no colon; a header is written as Name: value.", draft.Fault("headers"));
    }

    [Fact]
    public async Task Test_OfWhatIsTyped_ShowsTheAnswer()
    {
        var draft = new ChannelDraft(s_options, []);
        draft.Set("name", "new");
        draft.Set("kind", "log");
        var dialog = Show(draft);

        await dialog.Find(".dialog-foot .start").ClickAsync(new());

        dialog.WaitForAssertion(() => Assert.Contains("The test was taken", dialog.Find(".channel-tested").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void Name_BesideAHundredOthers_IsAFaultThatNamesTheLimit()
    {
        var others = Enumerable.Range(0, ChannelValidator.MaxChannels).Select(static n => new ChannelConfig { Name = $"c{n}", Kind = "log" }).ToList();
        var draft = new ChannelDraft(s_options, others);
        draft.Set("name", "one more");

        Assert.Equal("There are at most 100 channels.", draft.Fault("name"));
    }

    [Fact]
    public void Address_OfAnotherServer_AsksForTheSecretsAgain()
    {
        var old = new ChannelConfig { Name = "ops", Url = "http://127.0.0.1/", Secret = "old", Headers = new Dictionary<string, string> { ["X-Token"] = "t" } };
        var draft = new ChannelDraft(s_options, [], old);
        draft.Set("url", "http://127.0.0.1:9999/");
        var dialog = Show(draft);

        dialog.Find("form").Submit();

        Assert.Null(_saved);
        Assert.Equal(2, dialog.FindAll(".error").Count(static error => error.TextContent.Contains("type it again", StringComparison.Ordinal)));
        draft.Set("headers", "X-Token: t2");
        draft.DropSecret();
        dialog.Find("form").Submit();
        Assert.Equal(("t2", (string?)null), (_saved!.Headers!["X-Token"], _saved.Secret));
    }

    [Fact]
    public async Task Test_AnsweredAfterSomethingElseWasTyped_SaysNothing()
    {
        var draft = new ChannelDraft(s_options, []);
        draft.Set("name", "new");
        draft.Set("kind", "log");
        var dialog = Show(draft);
        var answer = new TaskCompletionSource<NotifyResult>();
        Answer = (_, _) => answer.Task;
        var tested = dialog.Find(".dialog-foot .start").ClickAsync(new());
        dialog.WaitForAssertion(() => Assert.Contains("Sending a test", dialog.Markup, StringComparison.Ordinal), Patience);

        dialog.Find("input[type=text]").Input("newer");
        answer.SetResult(NotifyResult.Delivered);
        await tested;

        dialog.WaitForAssertion(() => Assert.DoesNotContain("Sending a test", dialog.Markup, StringComparison.Ordinal), Patience);
        Assert.DoesNotContain("The test was taken", dialog.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<ChannelDialog> Show(ChannelDraft draft) => Render<ChannelDialog>(parameters => parameters
        .Add(static dialog => dialog.Draft, draft)
        .Add(static dialog => dialog.OnSave, channel => _saved = channel)
        .Add(static dialog => dialog.OnClose, () => { }));
}
