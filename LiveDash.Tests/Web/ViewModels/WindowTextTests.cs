using LiveDash.Core.Windows;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class WindowTextTests
{
    [Theory]
    [InlineData("1", "last point")]
    [InlineData("500", "last 500 points")]
    [InlineData("30s", "last 30 s")]
    [InlineData("90s", "last 1 min 30 s")]
    [InlineData("90m", "last 1 h 30 min")]
    [InlineData("36h", "last 36 h")]
    [InlineData("49h", "last 2 d 1 h")]
    [InlineData("tumbling 1m", "tumbling 1m")]
    // What words would cut is said as it is written.
    [InlineData("250ms", "last 250ms")]
    [InlineData("1500ms", "last 1500ms")]
    [InlineData("3630s", "last 3630s")]
    [InlineData("2881m", "last 2881m")]
    public void Of_Window_LosesNothingOfIt(string window, string expected) => Assert.Equal(expected, WindowText.Of(WindowSpec.Parse(window)));
}
