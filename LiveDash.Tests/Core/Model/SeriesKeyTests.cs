using LiveDash.Core.Model;

namespace LiveDash.Tests.Core.Model;

public class SeriesKeyTests
{
    [Fact]
    public void Constructor_TagsInAnyOrder_EqualAndCanonical()
    {
        var a = new SeriesKey("cpu.load", [new("zone", "a"), new("host", "web1")]);
        var b = new SeriesKey("cpu.load", [new("host", "web1"), new("zone", "a")]);

        Assert.Equal(a, b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        Assert.Equal("cpu.load{host=web1,zone=a}", a.ToString());
        Assert.Equal("web1", a.Tag("host"));
        Assert.Null(a.Tag("rack"));
    }

    [Fact]
    public void Constructor_TagTwice_Refused() =>
        Assert.Throws<ArgumentException>(() => new SeriesKey("x", [new("host", "a"), new("host", "b")]));

    [Theory]
    [InlineData("cpu.load")]
    [InlineData("cpu.load{host=web1,zone=a}")]
    [InlineData("disk{path=C:\\dir\\}")]
    [InlineData("disk{path=a b=c}")]
    [InlineData("http{uri=\"/users/{id}\",verb=GET}")]
    [InlineData("x{a=\",\",b=\"\",c=\" \",d=\"say \\\"hi\\\" \\\\ \"}")]
    public void TryParse_CanonicalText_RoundTrips(string text)
    {
        Assert.True(SeriesKey.TryParse(text, out var key));
        Assert.Equal(text, key!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{host=a}")]
    [InlineData("x{host=a")]
    [InlineData("x{=a}")]
    [InlineData("x{host=a,host=b}")]
    [InlineData("x{host}")]
    [InlineData("x{host,zone=a}")]
    [InlineData("x{host=\"a}")]
    [InlineData("x{host=\"a\"b}")]
    [InlineData("x{host=\"a\\\"}")]
    public void TryParse_NotAKey_False(string text) => Assert.False(SeriesKey.TryParse(text, out _));

    [Theory]
    [InlineData("x{}", "x")]
    [InlineData("x{ host = web1 , }", "x{host=web1}")]
    [InlineData("x{host=\"web1\"}", "x{host=web1}")]
    [InlineData("x{uri=/users/{id}}", "x{uri=\"/users/{id}\"}")]
    public void TryParse_OtherSpelling_IsTheSameSeries(string text, string canonical)
    {
        Assert.True(SeriesKey.TryParse(text, out var key));
        Assert.Equal(canonical, key!.ToString());
    }

    [Fact]
    public void ToString_HostileTagValues_NeverLookLikeOtherTags()
    {
        string[] pieces = ["a", ",", "=", "{", "}", "\"", "\\", " "];
        var seen = new HashSet<string>();
        foreach (var value in from x in pieces from y in pieces from z in pieces select x + y + z)
        {
            var key = new SeriesKey("s", [new("k", value), new("l", "1")]);
            Assert.True(seen.Add(key.ToString()));
            Assert.True(SeriesKey.TryParse(key.ToString(), out var back));
            Assert.Equal(value, back!.Tag("k"));
            Assert.Equal(key, back);
        }
    }
}
