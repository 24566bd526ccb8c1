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
    public void TryParse_NotAKey_False(string text) => Assert.False(SeriesKey.TryParse(text, out _));
}
