using Bunit;
using LiveDash.Core.Alerts;
using LiveDash.Core.Rules;
using LiveDash.Tests.Core.Notifications;
using LiveDash.Web.Components.Alerts;

namespace LiveDash.Tests.Web.Components;

public sealed class AlertBannerTests : AlertComponentContext
{
    [Fact]
    public void Fired_ThenAcknowledged_ShowsAndGoes()
    {
        var banner = Render<AlertBanner>();
        Assert.Empty(banner.FindAll(".alert-banner"));

        Harness.Post(AlertEventKind.Fired);
        banner.WaitForAssertion(() => Assert.Contains("crit", banner.Find(".alert-banner-row").ClassList), Patience);
        Assert.Equal("Critical", banner.Find(".severity").TextContent);
        Assert.Contains("hot", banner.Find(".alert-banner-text").TextContent, StringComparison.Ordinal);
        Assert.Contains("Critical: hot, x", banner.Find("[role=status]").TextContent, StringComparison.Ordinal);

        banner.Find("[aria-label='Acknowledge hot']").Click();
        banner.WaitForAssertion(() => Assert.Empty(banner.FindAll(".alert-banner")), Patience);
    }

    [Fact]
    public void Fired_OnManySeries_IsOneLineWithTheirNumber()
    {
        for (var i = 0; i < 1_000; i++) Harness.Post(AlertEventKind.Fired, $"x{{n={i}}}");

        var banner = Render<AlertBanner>();

        banner.WaitForAssertion(() => Assert.Contains("1,000 series", Assert.Single(banner.FindAll(".alert-banner-row")).TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void Fired_ByMoreRulesThanLines_CountsTheRest()
    {
        for (var i = 0; i < 5; i++) Harness.Post(AlertEventKind.Fired, "x", NoticeHarness.Read(new RuleConfig { Id = $"r{i}", Name = $"r{i}", Expr = "last(x, 1) > 80" }));

        var banner = Render<AlertBanner>();

        banner.WaitForAssertion(() => Assert.Equal("2 more firing", banner.Find(".alert-banner-more.wide").TextContent.Trim()), Patience);
        Assert.Equal(3, banner.FindAll(".alert-banner-row").Count);
    }

    [Fact]
    public void Hidden_InThisBrowser_GoesAndStaysOpenInTheBook()
    {
        Harness.Post(AlertEventKind.Fired);
        var banner = Render<AlertBanner>();
        banner.WaitForAssertion(() => banner.Find("[aria-label='Hide hot in this browser']"), Patience);

        banner.Find("[aria-label='Hide hot in this browser']").Click();

        banner.WaitForAssertion(() => Assert.Empty(banner.FindAll(".alert-banner")), Patience);
        Assert.False(Assert.Single(Harness.Book.List()).IsAcknowledged);
    }
}
