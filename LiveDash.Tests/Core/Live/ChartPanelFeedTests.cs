using System.Text;
using LiveDash.Core.Live;
using LiveDash.Core.Model;
using LiveDash.Tests.Core.Engine;

namespace LiveDash.Tests.Core.Live;

public sealed class ChartPanelFeedTests
{
    private readonly EngineHarness _harness = new();
    private readonly SeriesCatalog _catalog = new(new Limits());

    public ChartPanelFeedTests()
    {
        foreach (var name in new[] { "cpu", "mem" }) Assert.True(_catalog.TryIntern(new SeriesKey(name), out _));
    }

    [Fact]
    public void Write_QueriesThatShowDifferentThings_SaysOfEachLineWhatItShows()
    {
        using var feed = Feed(new([Pattern("cpu"), Pattern("mem")], 300, null, "mean"), new([Pattern("cpu")], 5, "max", "max of 1 min"));

        var text = Written(feed);

        // A line a series and query, by their series; columns of a second and of a minute.
        Assert.Equal(["cpu mean", "cpu max of 1 min", "mem mean"], Texts(text).Skip(2).Take(3));
        Assert.Equal(["""{"width":1000,"aggregate":null}""", """{"width":60000,"aggregate":"max"}""", """{"width":1000,"aggregate":null}"""], Texts(text).Skip(8));
    }

    [Fact]
    public void Write_OneQuery_SaysNothingOfItsLines()
    {
        using var feed = Feed(new ChartQuery([Pattern("*")], 300));

        Assert.Equal(["", "series", "cpu", "mem", "cpu", "mem"], Texts(Written(feed)));
    }

    [Fact]
    public void Write_MoreLinesThanAChartHas_CountsTheRest()
    {
        for (var i = 0; i < ChartPanelFeed.MaxLines; i++) Assert.True(_catalog.TryIntern(new SeriesKey($"x{i}"), out _));
        using var feed = Feed(new([Pattern("*")], 300), new([Pattern("*")], 300, "max", "max"));

        Written(feed);

        Assert.Equal((2 * (ChartPanelFeed.MaxLines + 2)) - ChartPanelFeed.MaxLines, feed.More);
    }

    private static SeriesPattern Pattern(string text) => SeriesPattern.TryParse(text, out var pattern) ? pattern! : throw new FormatException(text);

    private ChartPanelFeed Feed(params ChartQuery[] queries) => new(_harness.Engine, _catalog, queries, TimeSpan.FromMinutes(5), null);

    private byte[] Written(ChartPanelFeed feed)
    {
        var writer = new FrameWriter();
        writer.Begin();
        Assert.True(feed.WriteTo(writer, _harness.Now));
        return writer.Finish(1, _harness.Now);
    }

    // The texts stand last in a frame of one panel: a count, and each with its length in bytes. They are found from the first, whose beginning is known by the series' colours before it.
    private static IReadOnlyList<string> Texts(byte[] frame)
    {
        for (var at = 24 + 16; at < frame.Length - 4; at += 4)
        {
            if (TryRead(frame, at) is { Length: > 2 } texts) return texts;
        }

        throw new InvalidOperationException("There are no texts.");
    }

    private static string[]? TryRead(byte[] frame, int at)
    {
        var count = BitConverter.ToInt32(frame, at);
        if (count is < 3 or > 100) return null;
        var found = new string[count];
        at += 4;
        for (var i = 0; i < count; i++)
        {
            if (at + 4 > frame.Length) return null;
            var length = BitConverter.ToInt32(frame, at);
            if (length < 0 || at + 4 + length > frame.Length) return null;
            found[i] = Encoding.UTF8.GetString(frame, at + 4, length);
            at += 4 + length;
        }

        return frame.Length - at < 8 ? found : null;
    }
}
