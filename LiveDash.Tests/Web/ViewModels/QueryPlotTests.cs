using LiveDash.Core.Engine;
using LiveDash.Core.Live;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

/// <summary>What pictures of panels draw: the values and colours that the panels show.</summary>
public sealed class QueryPlotTests
{
    private static readonly TimeRange s_range = new(1_005, 1_030);

    [Theory]
    [InlineData("max", null, 9, 7)]
    [InlineData(null, "min", 1, 3)]
    [InlineData("count", "min", 4, 2)]
    [InlineData(null, null, 4, 5)]
    [InlineData("first", null, 2, 3)]
    [InlineData("last", null, 8, 7)]
    public void Of_Query_IsItsOwnAggregateElseThePanels(string? own, string? panels, double first, double second)
    {
        var line = new ChartLine("a", new SeriesKey("a"), 3, new ChartQuery([], 2, own), 10, [new(1_000, 2, 1, 9, 8, 4, 4), new(1_010, 3, 3, 7, 7, 5, 2)]);

        var found = Assert.Single(QueryPlot.Of([line], panels, s_range));

        Assert.Equal(("a", 3), (found.Name, found.Color));
        Assert.Equal([first, second], found.Values.ToArray());
        // In the middle of their columns, and within the picture.
        Assert.Equal([1_005L, 1_015L], found.Times.ToArray());
    }

    [Fact]
    public void AllUsual_AggregateOrWindowOfOneEntry_IsNot()
    {
        Assert.True(ChartQueries.AllUsual(["a", "b"], [], null, null));
        Assert.True(ChartQueries.AllUsual(["a"], [], "mean", ""));
        Assert.False(ChartQueries.AllUsual(["a"], [], "max", null));
        Assert.False(ChartQueries.AllUsual(["a"], [], null, "tumbling 1m"));
        Assert.False(ChartQueries.AllUsual(["a", "b"], [new(), new("max")], null, null));
    }

    [Fact]
    public void ExpressionPlot_LinesShownOnScreen_HaveTheirColoursThere()
    {
        var catalog = new SeriesCatalog(new Limits());
        QueryPoints Points(string host) => new(LabelSet.Of([new("host", host)]), new long[] { 1 }, new double[] { 2 });
        var result = new QueryResult { Kind = ValueKind.Matrix, At = 1, Use = new(3, 3, 0), Series = [Points("a"), Points("b"), Points("c")] };
        string Text(string host) => ExpressionNames.Text(LabelSet.Of([new("host", host)]), "up");

        Assert.Equal([0, 1, 2], ExpressionPlot.Of(result, "", "up", catalog).Select(static line => line.Color));
        // One that came late has the colour that was left when it came; what a browser says beyond the palette is not believed.
        var shown = new Dictionary<string, int> { [Text("a")] = 5, [Text("b")] = 0, [Text("c")] = 77 };
        Assert.Equal([5, 0, 1], ExpressionPlot.Of(result, "", "up", catalog, shown).Select(static line => line.Color));
    }
}
