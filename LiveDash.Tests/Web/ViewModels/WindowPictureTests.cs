using LiveDash.Core.Windows;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class WindowPictureTests
{
    private static readonly long s_now = new DateTime(2026, 11, 29, 14, 21, 40, DateTimeKind.Utc).Ticks;

    [Theory]
    [InlineData("500", 1)]
    [InlineData("5m", 1)]
    [InlineData("tumbling 1m", 3)]
    [InlineData("hopping 5m/1m", 4)]
    [InlineData("session 30s", 2)]
    public void Of_EveryKind_DrawsWithinTheFrameWithTheCurrentOneLast(string text, int bars)
    {
        var picture = Draw(text);

        Assert.Equal(bars, picture.Bars.Count);
        Assert.All(picture.Bars, static bar => Assert.True(bar.From is >= 0 and < 1 && bar.To is > 0 and <= 1 && bar.From < bar.To));
        Assert.True(picture.Bars[^1].IsCurrent);
        Assert.Contains(picture.Dots, static dot => dot.Counts);
        Assert.All(picture.Dots, static dot => Assert.InRange(dot.At, 0, 1));
    }

    [Fact]
    public void Of_Hopping_NamesTheBucketThatTheEngineCountsNow() => Assert.Equal("14:17 to 14:22, counted now", Draw("hopping 5m/1m").Bars[^1].Text);

    [Fact]
    public void Of_Dots_CountExactlyWhereTheWindowLies()
    {
        var picture = Draw("5m");

        Assert.All(picture.Dots, dot => Assert.Equal(dot.At >= picture.Bars[0].From && dot.At <= picture.Bars[0].To, dot.Counts));
        Assert.Contains(picture.Dots, static dot => !dot.Counts);
    }

    [Fact]
    public void Of_LatenessWideEnough_IsShown()
    {
        Assert.Equal("5s late, still counts", Draw("30s").Late?.Text);
        Assert.Null(Draw("1d").Late);
    }

    private static WindowPicture Draw(string text) => WindowPicture.Of(WindowSpec.Parse(text), TimeSpan.FromSeconds(5), s_now, static ticks => new DateTime(ticks, DateTimeKind.Utc));
}
