using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class ZoneSearchTests
{
    [Theory]
    [InlineData("Europe/Berlin", "Europe/Berlin")]
    [InlineData(" europe/berlin ", "Europe/Berlin")]
    [InlineData("Berlin", "Europe/Berlin")]
    [InlineData("new york", "America/New_York")]
    [InlineData("Asia/Toky", "Asia/Tokyo")]
    [InlineData("Europe/", null)]
    [InlineData("no such place", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Choose_AText_IsTheOneZoneItMeans(string? text, string? zone) => Assert.Equal(zone, ZoneSearch.Choose(text));

    [Fact]
    public void Find_TheBeginningOfACity_ComesBeforeThoseThatHoldItElsewhere()
    {
        var found = ZoneSearch.Find("ber").ToList();

        Assert.Contains("Europe/Berlin", found);
        Assert.Equal(found.OrderBy(static name => name.Split('/')[^1].StartsWith("ber", StringComparison.OrdinalIgnoreCase) ? 0 : 1), found);
    }
}
