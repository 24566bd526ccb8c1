using Bunit;
using LiveDash.Core.Alerts;
using LiveDash.Core.Notifications;
using LiveDash.Web.Components.Pages;

namespace LiveDash.Tests.Web.Components;

public sealed class ChannelsPageTests : AlertComponentContext
{
    [Fact]
    public async Task Test_TakenBeforeDeliveriesFail_DoesNotHideWhy()
    {
        await Harness.Channels.SaveAsync([new ChannelConfig { Name = "ops", Kind = "log" }], default);
        var page = Render<ChannelsPage>();
        await page.Find("[aria-label='Send a test to ops']").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("The test was taken", page.Find("[data-channel=ops]").TextContent, StringComparison.Ordinal), Patience);

        Answer = static (_, _) => Task.FromResult(new NotifyResult(NotifyOutcome.Retry, "The receiver answered 503."));
        Harness.Post(AlertEventKind.Fired);
        await Harness.PassAsync(TimeSpan.FromSeconds(10));

        page.WaitForAssertion(() => Assert.Contains("The receiver answered 503.", page.Find("[data-channel=ops] .channel-test").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("The test was taken", page.Find("[data-channel=ops]").TextContent, StringComparison.Ordinal);
    }
}
