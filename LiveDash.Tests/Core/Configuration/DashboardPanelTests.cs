using LiveDash.Core.Configuration.Dashboards;

namespace LiveDash.Tests.Core.Configuration;

public sealed class DashboardPanelTests
{
    private static readonly PanelQuery s_max = new("max");
    private static readonly PanelQuery s_minute = new(null, "tumbling 1m");

    private static DashboardPanel Panel => new() { Id = "a", Kind = PanelKind.Chart, Series = ["a", "b", "a"], Queries = [s_max, PanelQuery.OfPanel, s_minute] };

    [Fact]
    public void WithSeries_OneWrittenAnew_TakesOverWhatItsPlaceShows() => Assert.Equal([s_max, PanelQuery.OfPanel, s_minute], Panel.WithSeries(["c", "b", "a"]).Queries);

    [Fact]
    public void WithSeries_OneMore_LeavesTheOthersAsTheyAre() => Assert.Equal([s_max, PanelQuery.OfPanel, s_minute], Panel.WithSeries(["a", "b", "a", "a"]).Queries);

    [Fact]
    public void WithSeries_AnotherOrder_KeepsWhatEachShows() => Assert.Equal([PanelQuery.OfPanel, s_max], Panel.WithSeries(["b", "a"]).Queries);

    [Fact]
    public void WithSeries_TwoThatChangePlaces_KeepWhatEachShows()
    {
        var panel = Panel with { Series = ["a", "b", "c"] };

        Assert.Equal([PanelQuery.OfPanel, s_max, s_minute], panel.WithSeries(["b", "a", "c"]).Queries);
        Assert.Equal([s_minute, s_max], panel.WithSeries(["c", "a", "b"]).Queries);
    }

    [Fact]
    public void WithSeries_OneMovedAndOneAnewInItsPlace_TakesOverOnlyWhatNobodyKeeps() =>
        Assert.Equal([PanelQuery.OfPanel, s_max, s_minute], (Panel with { Series = ["a", "b", "c"] }).WithSeries(["d", "a", "c"]).Queries);

    [Fact]
    public void WithoutSeries_TheFirstOfTwoAlike_LeavesTheSecondWithItsOwn()
    {
        var left = Panel.WithoutSeries(0);

        Assert.Equal(["b", "a"], left.Series);
        Assert.Equal([PanelQuery.OfPanel, s_minute], left.Queries);
    }

    [Fact]
    public void WithQuery_TakenBack_IsThePanelAsItWas()
    {
        var panel = Panel with { Queries = [] };

        Assert.Equal(panel, panel.WithQuery(1, s_max).WithQuery(1, PanelQuery.OfPanel));
        Assert.NotEqual(panel, panel.WithQuery(1, s_max));
    }
}
