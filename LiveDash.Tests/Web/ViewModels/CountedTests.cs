using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class CountedTests
{
    [Theory]
    [InlineData(0, "0 points")]
    [InlineData(1, "1 point")]
    [InlineData(2500, "2,500 points")]
    public void Of_Count_HasTheWordForIt(long count, string expected) => Assert.Equal(expected, Counted.Of(count, "point"));

    [Fact]
    public void Of_WordOfItsOwn_IsTaken() => Assert.Equal("3 bodies", Counted.Of(3, "body", "bodies"));
}
