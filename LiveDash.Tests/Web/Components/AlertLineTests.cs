using Bunit;
using LiveDash.Core.Alerts;
using LiveDash.Tests.Shared;
using LiveDash.Web.Components.Alerts;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.Components;

public sealed class AlertLineTests : AlertComponentContext
{
    [Fact]
    public void Firing_WithFlags_SaysThemInWords()
    {
        var line = Show(AlertListItem.Of(SampleAlerts.Firing("hot", "cpu.load") with { IsAcknowledged = true, IsSilenced = true, IsFlapping = true, Health = AlertHealth.NoData }));

        Assert.Equal(["Firing", "acknowledged", "silenced", "flapping", "no data"], line.FindAll(".alert-state .badge").Select(static badge => badge.TextContent));
        Assert.Equal("Take back", line.Find(".alert-line-tools > button").TextContent);
    }

    [Fact]
    public void Over_HasNothingToDoButToLook()
    {
        var line = Show(AlertListItem.Of(SampleAlerts.Firing("hot", "cpu.load")) with { State = AlertState.Inactive, Until = 50 * TimeSpan.TicksPerSecond });

        Assert.Equal("Resolved", line.Find(".alert-state .badge").TextContent);
        Assert.Empty(line.FindAll("[data-key]"));
        Assert.Single(line.FindAll("[data-open]"));
        Assert.Contains("for 50 s", line.Find(".alert-when").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Clicks_EachTellTheirOwn()
    {
        var told = new List<string>();
        var line = Render<AlertLine>(parameters => parameters
            .Add(static p => p.Item, AlertListItem.Of(SampleAlerts.Firing("hot", "cpu.load")))
            .Add(static p => p.OnToggle, () => told.Add("open"))
            .Add(static p => p.OnChosen, chosen => told.Add($"chosen {chosen}"))
            .Add(static p => p.OnAcknowledge, () => told.Add("acknowledge"))
            .Add(static p => p.OnSilence, choice => told.Add($"silence {choice.For}")));

        line.Find("[data-open]").Click();
        line.Find("[data-key=x]").Change(true);
        line.Find("[data-key=a]").Click();
        line.FindAll(".drop-down-list button")[1].Click();

        Assert.Equal(["open", "chosen True", "acknowledge", "silence 01:00:00"], told);
    }

    [Fact]
    public void SilenceForAnotherTime_Nonsense_SaysWhatATimeIs()
    {
        SilenceChoice? made = null;
        var line = Render<AlertLine>(parameters => parameters
            .Add(static p => p.Item, AlertListItem.Of(SampleAlerts.Firing("hot", "cpu.load"))).Add(static p => p.OnSilence, choice => made = choice));
        line.FindAll(".drop-down-list button")[^1].Click();

        line.Find("dialog input").Input("two parsecs");
        line.Find("dialog form").Submit();
        Assert.Contains("such as 30m", line.Find("dialog .error").TextContent, StringComparison.Ordinal);
        line.Find("dialog input").Input("90m");
        line.FindAll("dialog input")[1].Input(" moving racks ");
        line.Find("dialog form").Submit();

        Assert.Equal(new SilenceChoice(TimeSpan.FromMinutes(90), "moving racks"), made);
        Assert.Empty(line.FindAll("dialog"));
    }

    private IRenderedComponent<AlertLine> Show(AlertListItem item) => Render<AlertLine>(parameters => parameters.Add(static p => p.Item, item));
}
