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
    [InlineData("cpu.load{host=$host}", "cpu.load{host=web1}")]
    [InlineData("cpu.load{host=$host,zone=$zone}", "cpu.load{host=web1,zone=*}")]
    [InlineData("$host.load", "web1.load")]
    [InlineData("cpu.load{host=db-$host}", "cpu.load{host=db-web1}")]
    [InlineData("cpu.load{host=$odd}", "cpu.load{host=\"a,b}\\\"c\"}")]
    [InlineData("cpu.load{host=\"$host\"}", "cpu.load{host=web1}")]
    [InlineData("$odd.load", "$odd.load")]
    [InlineData("cpu.load{host=$nobody}", "cpu.load{host=$nobody}")]
    [InlineData("cpu.load{host", "cpu.load{host")]
    public void PutPattern_OfAValue_StaysAPatternWhateverTheValueHolds(string pattern, string expected) => Assert.Equal(expected, s_values.PutPattern(pattern));

    [Theory]
    [InlineData("x{host=$star}")]
    [InlineData("x{host=$star,core=*}")]
    public void PutPattern_OfAValueWithAStar_MatchesThatValueAlone(string pattern)
    {
        Assert.True(SeriesPattern.TryParse(s_values.PutPattern(pattern), out var found));
        var extra = pattern.Contains("core", StringComparison.Ordinal) ? new KeyValuePair<string, string>[] { new("core", "0") } : [];

        Assert.True(found!.Matches(new SeriesKey("x", [new("host", @"a*b\c"), .. extra])));
        Assert.False(found.Matches(new SeriesKey("x", [new("host", @"a-b\c"), .. extra])));
    }

    [Fact]
    public void Put_OfLongText_IsLinear()
    {
        var text = string.Concat(Enumerable.Repeat("$host ${", 20_000));

        Assert.StartsWith("web1 ${web1", s_values.Put(text), StringComparison.Ordinal);
    }
}
