using Bunit;
using LiveDash.Core.Alerts;
using LiveDash.Core.Notifications;
using LiveDash.Tests.Core.Notifications;
using LiveDash.Web.Components.Pages;
using LiveDash.Web.ViewModels;

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

    [Fact]
    public async Task ForgetAll_MoreThanAreListed_ForgetsAll()
    {
        const int count = ChannelsView.MaxListed + 10;
        Answer = static (_, _) => Task.FromResult(NotifyResult.Refused("The receiver answered 404."));
        for (var i = 0; i < count; i++)
        {
            Harness.Post(AlertEventKind.Fired, $"s{i}", NoticeHarness.Read(NoticeHarness.Rule.Config with { Id = $"r{i}", Name = $"r{i}" }));
        }

        for (var passed = 0; Harness.Dispatcher.Deliveries.Count(static delivery => delivery.IsUndelivered) < count; passed++)
        {
            Assert.True(passed < 100, "all were given up");
            await Harness.PassAsync(TimeSpan.FromSeconds(10));
        }

        var page = Render<ChannelsPage>();
        await page.FindAll("button").First(static button => button.TextContent == "Forget all").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains($"{count} deliveries are forgotten", page.Find("[role=status]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Empty(Harness.Dispatcher.Deliveries);
    }
}
