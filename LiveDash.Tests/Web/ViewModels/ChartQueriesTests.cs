using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class ChartQueriesTests
{
    private static readonly long s_hour = TimeSpan.FromHours(1).Ticks;

    [Fact]
    public void Of_EntriesThatShowWhatThePanelShows_AreOneQuery()
    {
        var query = Assert.Single(ChartQueries.Of(["a", "b*"], [], "max", "tumbling 1m", s_hour, 300));

        Assert.Equal(["a", "b*"], query.Patterns.Select(static pattern => pattern.ToString()));
        Assert.Equal((60, null), (query.Columns, query.Aggregate));
    }

    [Fact]
    public void Of_EntriesOfTheirOwn_AreAQueryEachWayToShow()
    {
        var queries = ChartQueries.Of(["a", "a", "b", "c"], [PanelQuery.OfPanel, new("max", "tumbling 5m"), new("mean"), new("max", "tumbling 5m")], null, null, s_hour, 300);

        Assert.Equal([("a b", 300, null, "mean"), ("a c", 12, "max", "max of 5 min")], queries.Select(static query => (string.Join(' ', query.Patterns), query.Columns, query.Aggregate, query.Words)));
    }

    [Theory]
    [InlineData("count", null, true)]
    [InlineData("mean", "count", false)]
    [InlineData(null, null, false)]
    public void AllCount_OfMixedEntries_IsFalse(string? aggregate, string? own, bool expected) =>
        Assert.Equal(expected, ChartQueries.AllCount(["a", "b"], own is null ? [] : [new(own)], aggregate));
}
