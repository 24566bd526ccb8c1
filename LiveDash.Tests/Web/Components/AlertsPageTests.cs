using Bunit;
using Bunit.TestDoubles;
using LiveDash.Core.Alerts;
using LiveDash.Web.Components.Alerts;
using LiveDash.Web.Components.Pages;
using LiveDash.Web.ViewModels;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Components;

public sealed class AlertsPageTests : AlertComponentContext
{
    private const int Count = AlertListView.MaxItems + 5;

    [Fact]
    public async Task ChooseAll_WhatIsNotShownHasChanged_TakesWhatIsThere()
    {
        // A clock that stands still: after its first look the page does not look again.
        Services.AddSingleton<TimeProvider>(Harness.Time);
        var page = Show();
        Harness.Book.Acknowledge(Harness.Book.List()[0].Id, "ann");
        page.WaitForAssertion(() => Assert.Contains("acknowledged", page.Find(".alert-list").TextContent, StringComparison.Ordinal), Patience);
        Harness.Post(AlertEventKind.Resolved, Series(Count - 1));
        Harness.Post(AlertEventKind.Fired, Series(Count));

        await Button(page, $"Choose all {Count}").ClickAsync(new());
        await Button(page, "Acknowledge all").ClickAsync(new());

        var alerts = Harness.Book.List();
        Assert.Equal(Count, alerts.Count);
        Assert.All(alerts, static alert => Assert.True(alert.IsAcknowledged));
    }

    [Fact]
    public async Task Chosen_AcknowledgedElsewhereBeyondWhatIsShown_CanNotBeAcknowledgedAgain()
    {
        var page = Show();
        var shown = Enumerable.Range(0, AlertListView.MaxItems).Select(Series).ToHashSet();
        foreach (var alert in Harness.Book.List().Where(alert => shown.Contains(alert.Series.ToString()))) Harness.Book.Acknowledge(alert.Id, "ann");
        await Button(page, $"Choose all {Count}").ClickAsync(new());
        Assert.False(Button(page, "Acknowledge all").HasAttribute("disabled"));

        foreach (var alert in Harness.Book.List()) Harness.Book.Acknowledge(alert.Id, "ann");

        page.WaitForAssertion(() => Assert.True(Button(page, "Acknowledge all").HasAttribute("disabled")), Patience);
    }

    [Fact]
    public async Task Asked_TabOrderAndGroup_StandInTheAddressAndAreReadFromIt()
    {
        var navigation = Services.GetRequiredService<BunitNavigationManager>();
        navigation.NavigateTo("alerts?show=firing&group=rule");
        var page = Show();
        Assert.Equal("true", Button(page, $"Firing {Count}").GetAttribute("aria-pressed"));
        Assert.NotEmpty(page.FindAll(".alert-group"));

        await Button(page, "Pending 0").ClickAsync(new());
        await page.FindAll("select")[0].ChangeAsync(new() { Value = nameof(AlertOrder.Newest) });

        Assert.EndsWith("alerts?show=pending&group=rule&order=newest", navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Closed_WithinADay_StandsBelowWhatIsOpenWithItsMedian()
    {
        Services.AddSingleton<TimeProvider>(Harness.Time);
        ComponentFactories.AddStub<BrowserNotices>();
        ComponentFactories.AddStub<AlertSparks>();
        foreach (var (series, minutes) in new[] { ("a", 1), ("b", 30), ("c", 3) })
        {
            var fired = Harness.Now - (minutes * TimeSpan.TicksPerMinute);
            Harness.Post(AlertEventKind.Fired, series, firedAt: fired);
            Harness.Post(AlertEventKind.Resolved, series, firedAt: fired);
        }

        var page = Render<AlertsPage>();

        var closed = page.Find(".closed-alerts");
        Assert.Contains("3 episodes, median 3 min", closed.TextContent, StringComparison.Ordinal);
        Assert.Equal(3, closed.QuerySelectorAll("li").Length);
        Assert.StartsWith("alerts?episode=", closed.QuerySelector("li a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("at worst 91", closed.TextContent, StringComparison.Ordinal);
        Assert.Equal(3, ClosedEpisodes.Of(Harness.Book.Episodes(), LiveDash.Core.Rules.RuleSet.Empty, Harness.Now + ClosedEpisodes.Within.Ticks - 1).Count);
        Assert.Equal(ClosedEpisodes.None, ClosedEpisodes.Of(Harness.Book.Episodes(), LiveDash.Core.Rules.RuleSet.Empty, Harness.Now + ClosedEpisodes.Within.Ticks));
    }

    private static string Series(int number) => $"s{number:D4}";

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<AlertsPage> page, string text) => page.FindAll("button").First(button => button.TextContent.Trim() == text);

    private IRenderedComponent<AlertsPage> Show()
    {
        ComponentFactories.AddStub<BrowserNotices>();
        ComponentFactories.AddStub<AlertSparks>();
        for (var i = 0; i < Count; i++) Harness.Post(AlertEventKind.Fired, Series(i));
        return Render<AlertsPage>();
    }
}
