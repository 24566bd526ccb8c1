using Bunit;
using LiveDash.Core.Notifications;
using LiveDash.Web.Components.Alerts;

namespace LiveDash.Tests.Web.Components;

public sealed class ChannelPickerTests : AlertComponentContext
{
    [Fact]
    public void Channels_There_CanBeChosenAndTakenOff()
    {
        IReadOnlyList<string> chosen = ["ops"];
        var picker = Render<ChannelPicker>(parameters => parameters.Add(static p => p.Chosen, chosen).Add(static p => p.OnChanged, list => chosen = list));
        Assert.Equal(["night", "ops"], picker.FindAll(".channel-choice span:first-of-type").Select(static e => e.TextContent));

        picker.FindAll("input")[0].Change(true);
        Assert.Equal(["ops", "night"], chosen);
        picker.Render(parameters => parameters.Add(static p => p.Chosen, chosen));
        picker.FindAll("input")[1].Change(false);

        Assert.Equal(["night"], chosen);
    }

    [Fact]
    public async Task Channel_NotThere_IsToldWithTheWayToAddItAndFollowsThePage()
    {
        var picker = Render<ChannelPicker>(parameters => parameters.Add(static p => p.Chosen, ["pager & more"]));
        Assert.Contains("There is no channel 'pager & more'", picker.Find(".error").TextContent, StringComparison.Ordinal);
        Assert.Equal("settings/channels?add=pager%20%26%20more", picker.Find(".error a").GetAttribute("href"));

        await Harness.Channels.SaveAsync([new ChannelConfig { Name = "pager & more", Kind = "log" }], default);

        picker.WaitForAssertion(() => Assert.Empty(picker.FindAll(".error")), Patience);
        Assert.True(picker.Find("input").HasAttribute("checked"));
    }

    [Fact]
    public async Task Channels_None_SaysWhereToAddOne()
    {
        await Harness.Channels.SaveAsync([], default);

        var picker = Render<ChannelPicker>(parameters => parameters.Add(static p => p.Chosen, []));

        Assert.Equal("settings/channels", picker.Find("a").GetAttribute("href"));
        Assert.Empty(picker.FindAll("input"));
    }
}
