using LiveDash.Core.Model;

namespace LiveDash.Tests.Core.Model;

public sealed class PlaceholdersTests
{
    private static readonly Placeholders s_values = new(new Dictionary<string, string> { ["host"] = "web1", ["zone"] = Placeholders.Any, ["odd"] = "a,b}\"c", ["star"] = @"a*b\c", ["none"] = "" });

    [Theory]
    [InlineData("load of $host", "load of web1")]
    [InlineData("${host}s in $zone", "web1s in all")]
    [InlineData("$hosts, $nobody, ${host, $ and 5$", "$hosts, $nobody, ${host, $ and 5$")]
    [InlineData("$host$host", "web1web1")]
    public void Put_OfATitle_TakesWholeNamesThatAreKnown(string text, string expected) => Assert.Equal(expected, s_values.Put(text));

    [Theory]
    [InlineData("cpu.load{host=$host}", "cpu.load{host=web1,*}")]
    [InlineData("cpu.load{host=$host,zone=$zone}", "cpu.load{host=web1,zone=*}")]
    [InlineData("$host.load", "web1.load{*}")]
    [InlineData("cpu.load{host=db-$host}", "cpu.load{host=db-web1,*}")]
    [InlineData("cpu.load{host=$odd}", "cpu.load{host=\"a,b}\\\"c\",*}")]
    [InlineData("cpu.load{host=\"$host\"}", "cpu.load{host=web1,*}")]
    [InlineData("$odd.load", "$odd.load{*}")]
    [InlineData("cpu.load{host=$nobody}", "cpu.load{host=$nobody}")]
    [InlineData("cpu.load{host", "cpu.load{host")]
    public void PutPattern_OfAValue_StaysAPatternWhateverTheValueHolds(string pattern, string expected) => Assert.Equal(expected, s_values.PutPattern(pattern));

    [Theory]
    [InlineData("x{host=$star}", false)]
    [InlineData("x{host=$star,core=*}", true)]
    [InlineData("x{host=$star,*}", false)]
    public void PutPattern_OfAValueWithAStar_MatchesThatValueAlone(string pattern, bool needsCore)
    {
        Assert.True(SeriesPattern.TryParse(s_values.PutPattern(pattern), out var found));

        Assert.True(found!.Matches(new SeriesKey("x", [new("host", @"a*b\c"), new("core", "0")])));
        Assert.False(found.Matches(new SeriesKey("x", [new("host", @"a-b\c"), new("core", "0")])));
        Assert.Equal(!needsCore, found.Matches(new SeriesKey("x", [new("host", @"a*b\c")])));
    }

    // What all show together is what each shows alone: whatever a value holds, tags that are not named are free.
    [Theory]
    [InlineData("web1")]
    [InlineData(@"C:\dir")]
    [InlineData("a*b?c")]
    [InlineData("a,b}\"c")]
    [InlineData(" ")]
    public void PutPattern_OfEachValue_ChoosesWhatAllChooseOfIt(string value)
    {
        SeriesKey[] series = [.. new[] { value, "another", "axb-c", value + "1" }.SelectMany(host => new[] { new SeriesKey(@"disk\free", [new("host", host)]), new SeriesKey(@"disk\free", [new("host", host), new("core", "0")]) })];
        SeriesPattern Pattern(string put) => SeriesPattern.TryParse(new Placeholders(new Dictionary<string, string> { ["host"] = put }).PutPattern(@"disk\free{host=$host}"), out var read) ? read! : throw new FormatException(put);
        var all = Pattern(Placeholders.Any);

        Assert.Equal(series.Where(key => all.Matches(key) && key.Tag("host") == value), series.Where(Pattern(value).Matches));
        Assert.Equal(series.Length, series.Count(all.Matches));
        Assert.True(Pattern(value).Spelled!.Matches(series[0]));
        Assert.False(Pattern(value).Spelled!.Matches(series[1]));
        Assert.Null(all.Spelled);
    }

    [Theory]
    [InlineData("x{host=a,*}", "x{host=a,*}")]
    [InlineData("x{ host=a , * }", "x{host=a,*}")]
    [InlineData("x{*}", "x{*}")]
    [InlineData("x{host=\"a,b\",*}", "x{host=\"a,b\",*}")]
    [InlineData("x*{zone=?,*}", "x*{zone=?,*}")]
    public void Pattern_WithAStarBehindItsTags_LeavesFurtherTagsFree(string text, string canonical)
    {
        Assert.True(SeriesPattern.TryParse(text, out var pattern));

        Assert.Equal((canonical, false), (pattern!.ToString(), pattern.IsExact));
        Assert.True(SeriesPattern.TryParse(pattern.ToString(), out var again));
        Assert.Equal(canonical, again!.ToString());
        Assert.Equal("a,*", SeriesPattern.TryParse("x{host=\"a,*\"}", out var quoted) ? quoted!.ExactKey.Tag("host") : null);
        Assert.Equal(!text.Contains("host", StringComparison.Ordinal), pattern.Matches(new SeriesKey("x", [new("host", "b"), new("zone", "z")])));
    }

    [Fact]
    public void Put_OfLongText_IsLinear()
    {
        var text = string.Concat(Enumerable.Repeat("$host ${", 20_000));

        Assert.StartsWith("web1 ${web1", s_values.Put(text), StringComparison.Ordinal);
    }
}
