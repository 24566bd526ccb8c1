using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Tests.Shared;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.Alerts;

public sealed class PreviewWordsTests
{
    private static readonly RuleModel s_rule = SampleAlerts.Rule("r", "mean(cpu.usage, 30s) > 80 critical 95 for 10s keep 1m clear 70");

    [Fact]
    public void Answer_NoneOneSeveral_SaysHowOftenAndHowLong()
    {
        Assert.Equal("Would not have fired.", PreviewWords.Answer(Result()));
        Assert.Equal("Would have fired once, and be firing now.", PreviewWords.Answer(Result((10, 70, false))));
        Assert.Equal("Would have fired 2 times.", PreviewWords.Answer(Result((10, 70, true), (100, 120, true))));
        Assert.Equal("1 min 20 s in all, the longest 1 min, about 2 a day.", PreviewWords.Detail(s_rule, new TimeRange(0, TimeSpan.TicksPerDay), Result((10, 70, true), (100, 120, true))));
    }

    [Fact]
    public void Answer_NothingToJudge_SaysWhy()
    {
        Assert.Equal("No series of that name has sent anything yet.", PreviewWords.Answer(new(0, 0, TimeSpan.Zero, [], 0)));
        Assert.Equal("Nothing was sent in this time.", PreviewWords.Answer(new(0, 1, TimeSpan.Zero, [], 0)));
    }

    [Fact]
    public void Detail_NotFired_SaysHowNearItCame()
    {
        var result = Result() with { Lines = [new("cpu.usage", [new(0, 10, 5, 78.2, 40, 30, 4)])] };

        Assert.Equal("The figure went up to 78.2 %.", PreviewWords.Detail(s_rule, TimeRange.All, result));
    }

    [Fact]
    public void Describe_ARule_IsASentence() =>
        Assert.Equal(
            "Fires after 10 seconds in which the mean of cpu.usage over the last 30 seconds is above 80 %; critical from 95 %; over at 70 % and below; resolved once it has been gone for a minute.",
            RuleWords.Describe(s_rule));

    private static PreviewResult Result(params (int From, int To, bool Resolved)[] episodes) => new(
        100, 1, TimeSpan.FromMilliseconds(3),
        [.. episodes.Select(static e => new PreviewEpisode("cpu.usage", e.From * TimeSpan.TicksPerSecond, e.To * TimeSpan.TicksPerSecond, 90, Severity.Warning, e.Resolved))], episodes.Length);
}
