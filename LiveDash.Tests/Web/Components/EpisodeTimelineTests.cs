using Bunit;
using LiveDash.Core.Alerts;
using LiveDash.Core.Notifications;
using LiveDash.Web.Components.Alerts;

namespace LiveDash.Tests.Web.Components;

public sealed class EpisodeTimelineTests : AlertComponentContext
{
    private static readonly string s_episode = AlertNames.Episode(AlertNames.Alert("hot", "x"), 1_000);

    [Fact]
    public async Task Timeline_WhileItIsTold_FollowsFromPlannedToTold()
    {
        Harness.Post(AlertEventKind.Fired);
        var timeline = Render<EpisodeTimeline>(parameters => parameters.Add(static p => p.Episode, s_episode));
        Assert.Equal(["fired", "telling"], Marks(timeline));

        await Harness.PassAsync(TimeSpan.FromSeconds(6));

        timeline.WaitForAssertion(() => Assert.Equal(["fired", "told"], Marks(timeline)), Patience);
        Assert.Contains("ops was told that it fires", timeline.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timeline_ChannelGone_SaysWhyItWasNotTold()
    {
        await Harness.Channels.SaveAsync([], default);
        Harness.Post(AlertEventKind.Fired);
        await Harness.PassAsync(TimeSpan.FromSeconds(6));

        var timeline = Render<EpisodeTimeline>(parameters => parameters.Add(static p => p.Episode, s_episode));

        Assert.Equal("There is no channel 'ops'.", timeline.Find(".untold .timeline-detail").TextContent);
    }

    [Fact]
    public void Timeline_Acknowledged_HasALineMore()
    {
        Harness.Post(AlertEventKind.Fired);
        var timeline = Render<EpisodeTimeline>(parameters => parameters.Add(static p => p.Episode, s_episode));

        Harness.Book.Acknowledge(AlertNames.Alert("hot", "x"), AlertDesk.Somebody);

        timeline.WaitForAssertion(() => Assert.Contains("acknowledged", Marks(timeline)), Patience);
    }

    private static IEnumerable<string?> Marks(IRenderedComponent<EpisodeTimeline> timeline) => timeline.FindAll("li").Select(static line => line.ClassName);
}
