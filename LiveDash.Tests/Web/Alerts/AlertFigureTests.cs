using LiveDash.Core.Alerts;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.Alerts;

public sealed class AlertFigureTests
{
    [Theory]
    [InlineData(82, "1 min 22 s")]
    [InlineData(263_620, "3 d 1 h")]
    [InlineData(86_400, "1 d")]
    [InlineData(300, "5 min")]
    [InlineData(1.5, "1.5 s")]
    public void Text_ATime_IsInItsLargestUnits(double seconds, string expected) => Assert.Equal(expected, AlertFigure.Text(seconds, ValueUnit.Seconds));

    [Fact]
    public void Why_TimeToAValue_SaysItsThresholdAndTheNoticeItsFigureAsATime()
    {
        var draft = new RuleDraft(new RuleConfig { Name = "full", Expr = "time_to(disk.used, 100) < 6d" });

        Assert.Equal("below 6 d", AlertFigure.Why(draft.Model!, new SeriesKey("disk.used"), Severity.Warning, recovers: false));
        Assert.Equal("3 d 1 h", AlertWords.Duration(draft.Model!.Driver, 263_620));
        Assert.Null(AlertWords.Duration(new RuleDraft(new RuleConfig { Name = "hot", Expr = "mean(cpu.load, 30s) > 80" }).Model!.Driver, 90));
    }
}
