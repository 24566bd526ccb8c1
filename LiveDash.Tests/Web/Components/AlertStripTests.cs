using Bunit;
using LiveDash.Core.Alerts;
using LiveDash.Core.Rules;
using LiveDash.Tests.Core.Notifications;
using LiveDash.Web.Components.Alerts;

namespace LiveDash.Tests.Web.Components;

public sealed class AlertStripTests : AlertComponentContext
{
    [Fact]
    public void Fired_ThenAcknowledged_ShowsAndIsQuietAgain()
    {
        var strip = Render<AlertStrip>();
        Assert.Contains("All quiet", strip.Find(".strip.quiet").TextContent, StringComparison.Ordinal);

        Harness.Post(AlertEventKind.Fired);
        strip.WaitForAssertion(() => Assert.Contains("crit", strip.Find(".strip").ClassList), Patience);
        Assert.Equal("Critical", strip.Find(".strip-severity").TextContent);
        Assert.Equal("hot", strip.Find(".strip-rule").TextContent);
        Assert.Contains("Critical: hot, x", strip.Find("[role=status]").TextContent, StringComparison.Ordinal);

        strip.Find("[aria-label='Acknowledge hot']").Click();
        strip.WaitForAssertion(() => Assert.Contains("1 seen to", strip.Find(".strip.quiet").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void Fired_OnManySeries_IsOneRowWithTheirNumber()
    {
        for (var i = 0; i < 1_000; i++) Harness.Post(AlertEventKind.Fired, $"x{{n={i}}}");

        var strip = Render<AlertStrip>();

        strip.WaitForAssertion(() => Assert.Contains("1,000 series", strip.Find(".strip-figure").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal("Details", strip.Find(".strip-more").TextContent.Trim());
    }

    [Fact]
    public void Fired_BySeveralRules_CountsTheRestAndTheDrawerListsThem()
    {
        for (var i = 0; i < 5; i++) Harness.Post(AlertEventKind.Fired, "x", NoticeHarness.Read(new RuleConfig { Id = $"r{i}", Name = $"r{i}", Expr = "last(x, 1) > 80" }));
        var strip = Render<AlertStrip>();
        strip.WaitForAssertion(() => Assert.Equal("+4more", strip.Find(".strip-more").TextContent.Trim()), Patience);

        strip.Find(".strip-more").Click();

        strip.WaitForAssertion(() => Assert.Equal(5, strip.FindAll(".drawer-alert").Count), Patience);
    }

    [Fact]
    public void Hidden_InThisBrowser_GoesAndStaysOpenInTheBook()
    {
        Harness.Post(AlertEventKind.Fired);
        var strip = Render<AlertStrip>();
        strip.WaitForAssertion(() => strip.Find(".strip.crit"), Patience);
        strip.Find(".strip-more").Click();
        strip.WaitForAssertion(() => strip.Find("[aria-label='Hide here: hot']"), Patience);

        strip.Find("[aria-label='Hide here: hot']").Click();

        strip.WaitForAssertion(() => strip.Find(".strip.quiet"), Patience);
        Assert.False(Assert.Single(Harness.Book.List()).IsAcknowledged);
    }
}
