using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web;

public sealed class ViewRangeTests
{
    [Theory]
    [InlineData("15m", 15)]
    [InlineData("1h", 60)]
    [InlineData(null, 5)]
    [InlineData("nonsense", 5)]
    [InlineData("1ms", 5)]
    public void Parse_Last_IsALiveSpanOrTheInitialOne(string? last, int minutes)
    {
        var range = ViewRange.Parse(last, null, null);

        Assert.True(range.IsLive);
        Assert.Equal(TimeSpan.FromMinutes(minutes), range.Span);
    }

    [Fact]
    public void ToQuery_OfAPastRange_IsReadBack()
    {
        var range = ViewRange.Between(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(2).AddTicks(1))!;
        var query = range.ToQuery();

        Assert.Equal(range, ViewRange.Parse((string?)query["last"], (string?)query["from"], (string?)query["to"]));
    }

    [Fact]
    public void Parse_ReversedRange_IsTheInitialOne() =>
        Assert.Equal(ViewRange.Initial, ViewRange.Parse(null, "2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z"));
}
