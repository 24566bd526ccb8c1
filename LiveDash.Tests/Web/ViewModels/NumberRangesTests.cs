using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class NumberRangesTests
{
    [Theory]
    [InlineData("page 7", 7)]
    [InlineData("pages 7, 8", 8, 7, 7)]
    [InlineData("pages 23 to 26", 26, 24, 23, 25)]
    [InlineData("pages 3, 7 and 23 to 25", 23, 24, 25, 7, 3)]
    [InlineData("pages 1, 3, 5, 7, 9 and 4 more", 1, 3, 5, 7, 9, 11, 13, 14, 15)]
    public void Of_Numbers_SaysStretches(string expected, params int[] numbers) => Assert.Equal(expected, NumberRanges.Of("page", numbers));
}
