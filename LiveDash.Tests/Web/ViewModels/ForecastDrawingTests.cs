using LiveDash.Core.Detection;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class ForecastDrawingTests
{
    private static readonly long s_step = 5 * TimeSpan.TicksPerMinute;
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    [Fact]
    public void Of_BarsAndTwoForecasts_DrawsFromTheLastBarThroughBoth()
    {
        var drawing = ForecastDrawing.Of(Bars(0, 48), [Said(6, 50, 4), Said(12, 52, 8)], s_hour, null)!;

        // Three hours back are three quarters of the width; what came before is not shown.
        Assert.StartsWith("M0.0 ", drawing.Past, StringComparison.Ordinal);
        Assert.EndsWith(" " + Y(drawing, 47), drawing.Past, StringComparison.Ordinal);
        Assert.Equal($"M750.0 {Y(drawing, 47)}L875.0 {Y(drawing, 50)}L1000.0 {Y(drawing, 52)}", drawing.Ahead);
        Assert.Equal($"M750.0 {Y(drawing, 47)}L875.0 {Y(drawing, 54)}L1000.0 {Y(drawing, 60)}L1000.0 {Y(drawing, 44)}L875.0 {Y(drawing, 46)}Z", drawing.Band);
        Assert.Empty(drawing.Target);
    }

    [Fact]
    public void Of_ForecastThatIsNotKnown_DrawsThePastAlone()
    {
        var drawing = ForecastDrawing.Of(Bars(0, 20), [Prediction.Unknown], s_hour, null)!;

        Assert.NotEmpty(drawing.Past);
        Assert.Empty(drawing.Ahead);
        Assert.Empty(drawing.Band);
    }

    [Fact]
    public void Of_TargetNearAndFar_IsDrawnWhereItLeavesRoomForTheRest()
    {
        var near = ForecastDrawing.Of(Bars(0, 37), [], s_hour, 60)!;
        var far = ForecastDrawing.Of(Bars(0, 37), [], s_hour, 1_000)!;

        Assert.Equal($"M0 {Y(near, 60)}H1000", near.Target);
        Assert.Empty(far.Target);
        Assert.True(far.Most < 50);
    }

    [Fact]
    public void Of_Gap_IsNotDrawnOver() => Assert.Equal(2, ForecastDrawing.Of([.. Bars(0, 10), .. Bars(25, 35)], [], s_hour, null)!.Past.Count(static c => c == 'M'));

    [Fact]
    public void Of_ConstantSeries_StandsInTheMiddle() =>
        Assert.Contains(" 150.0", ForecastDrawing.Of([Bar(0, 5), Bar(1, 5)], [], s_hour, null)!.Past, StringComparison.Ordinal);

    [Fact]
    public void Of_OneBar_IsNothing() => Assert.Null(ForecastDrawing.Of([Bar(0, 5)], [], s_hour, null));

    [Theory]
    [InlineData(76, 100, "Full in 3 d 4 h", "3 d 0 h to 3 d 9 h")]
    [InlineData(76, 90, "Reaches 90 % in 3 d 4 h", "3 d 0 h to 3 d 9 h")]
    [InlineData(0, 100, "Full now", "")]
    [InlineData(-1, 100, "When it reaches 100 % cannot be told", "its past is not a straight line, or ended long ago")]
    [InlineData(100_000, 100, "Does not reach 100 % as it goes now", "")]
    public void Reach_ASpan_IsInWords(int hours, double target, string words, string certainty)
    {
        TimeSpan? at = hours < 0 ? null : hours == 100_000 ? TrendWatch.Furthest : TimeSpan.FromHours(hours);
        var reach = new TimeToValue(at, TimeSpan.FromHours(72), TimeSpan.FromHours(81), s_hour);

        Assert.Equal(words, ForecastWords.Reach(reach, target, new FieldFormat(ValueUnit.Percent)));
        Assert.Equal(certainty, ForecastWords.Certainty(reach));
    }

    [Theory]
    [InlineData(20, "20 of 48 forecasts could be compared with what came; before that none is told.")]
    [InlineData(100, "Nothing has come for longer than 1h: what it does now cannot be told.")]
    public void Untold_TooFewOrSilent_SaysWhich(int judged, string words) =>
        Assert.Equal(words, ForecastWords.Untold(Said(6, 50, 4) with { Judged = judged }, "1h"));

    [Fact]
    public void Untold_EnoughComparedButNoValue_SaysThatThePastIsMissing() =>
        Assert.Equal("What it did before is missing where a forecast would start from it: none is told.", ForecastWords.Untold(Said(6, double.NaN, 4), "1 h"));

    private static string Y(ForecastDrawing drawing, double value) => FormattableString.Invariant($"{ForecastDrawing.Height * (drawing.Most - value) / (drawing.Most - drawing.Least):F1}");

    private static JudgedBar Bar(int at, double value) => new(at * s_step, value, double.NaN, double.NaN, value, 0);

    private static JudgedBar[] Bars(int from, int to) => [.. Enumerable.Range(from, to - from).Select(static i => Bar(i, i))];

    private static Prediction Said(int bars, double value, double half) => new((47 + bars) * s_step, value, value - half, value + half, 0.5, 0.95, TimeSpan.Zero, 100, Prediction.LeastJudged, TimeSpan.FromTicks(s_step));
}
