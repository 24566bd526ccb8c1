using LiveDash.Core.Model;

namespace LiveDash.Tests.Core.Model;

public class TimeRangeTests
{
    [Fact]
    public void Contains_Ends_FirstInsideLastOutside()
    {
        var range = new TimeRange(10, 20);

        Assert.True(range.Contains(10));
        Assert.True(range.Contains(19));
        Assert.False(range.Contains(20));
        Assert.False(range.Contains(9));
    }

    [Fact]
    public void Overlaps_RangesThatTouch_False()
    {
        Assert.False(new TimeRange(0, 10).Overlaps(new TimeRange(10, 20)));
        Assert.True(new TimeRange(0, 11).Overlaps(new TimeRange(10, 20)));
        Assert.True(new TimeRange(5, 5).IsEmpty);
    }
}
