using Bunit;
using Bunit.TestDoubles;
using LiveDash.Core.Alerts;
using LiveDash.Core.Model;
using LiveDash.Web.Components.Alerts;
using LiveDash.Web.Components.Panels.Charts;
using LiveDash.Web.Components.Panels.States;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.Components;

public sealed class EpisodePanelTests : AlertComponentContext
{
    [Theory]
    [InlineData(SeriesContent.States, true)]
    [InlineData(SeriesContent.Numbers, false)]
    public void Drawing_OfASeriesOfStates_IsNoLineBetweenTheirNumbers(SeriesContent content, bool isStates)
    {
        ComponentFactories.AddStub<ChartPanel>();
        ComponentFactories.AddStub<StatesPanel>();
        ComponentFactories.AddStub<EpisodeTimeline>();
        Assert.True(SeriesKey.TryParse("pump", out var key));
        Assert.True(Catalog.TryIntern(key!, out var series));
        Assert.True(Catalog.States.TryClaim(series, content));
        Harness.Post(AlertEventKind.Fired, "pump");

        var panel = Render<EpisodePanel>(parameters => parameters.Add(static p => p.Item, AlertListItem.Of(Harness.Book.List()[0])));

        Assert.Equal((isStates, !isStates), (panel.HasComponent<Stub<StatesPanel>>(), panel.HasComponent<Stub<ChartPanel>>()));
    }
}
