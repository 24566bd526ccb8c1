using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class SeriesTableViewTests
{
    private readonly SeriesCatalog _catalog = new(new Limits());

    [Fact]
    public void Of_Tags_TheCommonestHaveColumnsAndTheRestStandTogether()
    {
        Add("a{host=x,zone=1}", "b{host=y,zone=2}", "c{host=z,rack=7,if=e0,slot=2}");

        var view = Make();

        Assert.Equal(["host", "zone", "if"], view.TagColumns);
        Assert.Equal(["z", "", "e0"], view.Rows[2].Tags);
        Assert.Equal("rack=7, slot=2", view.Rows[2].OtherTags);
    }

    [Fact]
    public void Of_ATagOfFew_StandsWithTheRestAndLeavesNoEmptyColumn()
    {
        Add("a{host=1}", "b{host=2}", "c{host=3}", "d{rare=x}");

        var view = Make();

        Assert.Equal(["host"], view.TagColumns);
        Assert.Equal("rare=x", view.Rows[3].OtherTags);
    }

    [Fact]
    public void Of_ATagCalledName_IsSortedByApartFromTheName()
    {
        Add("a{name=z}", "b{name=y}");

        var rows = SeriesTableView.Of(_catalog, [], null, "", SeriesOrder.Parse(SeriesOrder.OfTag("name"))).Rows;

        Assert.Equal(["b", "a"], rows.Select(static row => row.Name));
        Assert.Equal(["a", "b"], SeriesTableView.Of(_catalog, [], null, "", SeriesOrder.Initial).Rows.Select(static row => row.Name));
    }

    [Fact]
    public void Of_Filter_EveryWordMustStandThereInAnyCase()
    {
        Add("cpu.load{host=WEB1}", "cpu.load{host=db}", "mem.used{host=web1}");

        var view = Make("web1 CPU");

        Assert.Equal("cpu.load", Assert.Single(view.Rows).Name);
        Assert.Equal(3, view.Total);
    }

    [Theory]
    [InlineData(null, "a b c")]
    [InlineData("-name", "c b a")]
    [InlineData("host", "c b a")]
    [InlineData("rate", "a c b")]
    [InlineData("-rate", "b c a")]
    public void Of_Order_SortsAndEqualOnesStandByName(string? order, string expected)
    {
        Add("a{host=3}", "b{host=2}", "c{host=1}");
        SeriesStats[] stats = [Stats(1, 100), Stats(2, 50)];

        var rows = SeriesTableView.Of(_catalog, stats, null, "", SeriesOrder.Parse(order)).Rows;

        Assert.Equal(expected, string.Join(' ', rows.Select(static row => row.Name)));
    }

    [Fact]
    public void Order_ClickedTwice_TurnsAroundAndIsReadBack()
    {
        var order = SeriesOrder.Initial.Click("rate");
        Assert.Equal("-rate", order.ToQuery());
        Assert.Equal(order.Click("rate"), SeriesOrder.Parse("rate"));
        Assert.Null(SeriesOrder.Initial.ToQuery());
    }

    private static SeriesStats Stats(int series, long count) => StatsOf(series, count, 0, TimeSpan.TicksPerSecond * 10);

    private static SeriesStats StatsOf(int series, long count, long first, long last) => new(series, count, first, last);

    private SeriesTableView Make(string filter = "") => SeriesTableView.Of(_catalog, [], null, filter, SeriesOrder.Initial);

    private void Add(params string[] names)
    {
        foreach (var name in names) Assert.True(SeriesKey.TryParse(name, out var key) && _catalog.TryIntern(key!, out _));
    }
}
