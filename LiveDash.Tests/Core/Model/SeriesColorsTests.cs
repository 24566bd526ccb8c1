using LiveDash.Core.Model;

namespace LiveDash.Tests.Core.Model;

public sealed class SeriesColorsTests
{
    [Fact]
    public void Item_EightSeriesOfAName_HaveEightColours()
    {
        var catalog = Catalog([.. Enumerable.Range(0, 9).Select(static i => $"web.latency{{host=h{i}}}")]);

        Assert.Equal(8, Enumerable.Range(0, 8).Select(i => catalog.Colors[i]).Distinct().Count());
        Assert.InRange(catalog.Colors[8], 0, 7);
    }

    [Fact]
    public void Item_NamesOfOneFamily_AreToldApart()
    {
        var catalog = Catalog("cpu.usage", "cpu.mode{mode=user}", "cpu.mode{mode=system}", "orders.count");

        Assert.Equal([0, 1, 2, 0], Enumerable.Range(0, 4).Select(i => catalog.Colors[i]));
    }

    [Fact]
    public void Item_AskedInAnyOrderAndAfterMoreCame_IsTheSame()
    {
        var texts = Enumerable.Range(0, 200).Select(static i => $"n{i % 7}.x{i % 3}{{tag={i}}}").ToArray();
        var (forward, backward) = (Catalog(texts), Catalog(texts[..50]));
        var early = Enumerable.Range(0, 50).Select(i => backward.Colors[49 - i]).Reverse().ToList();
        foreach (var text in texts[50..]) Assert.True(SeriesKey.TryParse(text, out var key) && backward.TryIntern(key!, out _));

        Assert.Equal(Enumerable.Range(0, 50).Select(i => forward.Colors[i]), early);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => forward.Colors[i]), Enumerable.Range(0, 200).Select(i => backward.Colors[i]));
    }

    [Fact]
    public void Item_NoSuchSeries_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => Catalog("a").Colors[1]);

    private static SeriesCatalog Catalog(params string[] texts)
    {
        var catalog = new SeriesCatalog(new Limits());
        foreach (var text in texts) Assert.True(SeriesKey.TryParse(text, out var key) && catalog.TryIntern(key!, out _));
        return catalog;
    }
}
