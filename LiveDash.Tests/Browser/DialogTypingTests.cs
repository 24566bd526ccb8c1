using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Browser;

/// <summary>What is typed over a slow line into whatever opens on a page, dialogs, drawers and forms, is kept to the letter.</summary>
[Collection(BrowserCollection.Name)]
public sealed class DialogTypingTests(Shared.Browser browser, PageWalkData data) : IClassFixture<PageWalkData>
{
    private static readonly TimeSpan s_line = TimeSpan.FromMilliseconds(80);

    [BrowserTheory]
    [InlineData("sources")]
    [InlineData("d/walk")]
    [InlineData("settings/channels")]
    [InlineData("rules")]
    [InlineData("plots")]
    [InlineData("silences")]
    public async Task Fields_OfAllThatOpensOnAPage_KeepEveryLetter(string path)
    {
        var faults = new List<string>();
        await using var proxy = new TcpProxy(data.App.Address);
        await using var opened = await browser.OpenAsync(data.App, new Uri(proxy.Address, path).ToString());

        await PageWalk.WalkAsync(opened.Page, path, what => PageTyping.TypeAtOnceAsync(opened.Page, proxy, s_line, what, data.Typed, faults), reopens: true);

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.NotEmpty(data.Typed);
    }
}
