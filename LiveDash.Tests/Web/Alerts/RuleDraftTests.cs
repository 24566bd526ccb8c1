using LiveDash.Core.Rules;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.Alerts;

public sealed class RuleDraftTests
{
    [Fact]
    public void SetText_RightText_TheFieldsFollow()
    {
        var draft = Draft("last(a, 1) > 5");

        draft.SetText("p99(b, 5m) < 3 for 10s");

        Assert.Equal(("b", "p99", "5m", "<", "3"), (draft.Form!.Lines[0].Series, draft.Form.Lines[0].Aggregate, draft.Form.Lines[0].Window, draft.Form.Lines[0].Sign, draft.Form.Lines[0].Threshold));
        Assert.Equal("10s", draft.Form.For);
        Assert.True(draft.IsDirty);
    }

    [Fact]
    public void SetText_Fault_TellsThePlaceAndKeepsTheFields()
    {
        var draft = Draft("last(a, 1) > 5");

        draft.SetText("last(a, 1) >> 5");

        Assert.Equal(11, Assert.Single(draft.SyntaxFaults).Position);
        Assert.Equal("a", draft.Form!.Lines[0].Series);
        Assert.False(draft.FormIsCurrent);
        Assert.Null(draft.Model);
    }

    [Fact]
    public void Fault_OfAFieldWithSeveral_IsALineEach()
    {
        var draft = new RuleDraft(new RuleConfig { Name = "a", Language = RuleLanguage.PromQl, Expr = "load > 80", Steps = "critical 95, warning 90, critical 99" });

        Assert.Equal(["The threshold of", "'critical' stands"], draft.Fault("steps")!.Split('\n').Select(static line => string.Join(' ', line.Split(' ').Take(line[0] == 'T' ? 3 : 2))));
    }

    [Fact]
    public void SetForm_HalfTyped_KeepsWhatWasTypedAndTellsTheFaultInTheText()
    {
        var draft = Draft("last(a, 1) > 5");

        draft.SetForm(draft.Form!.With(0, draft.Form.Lines[0] with { Threshold = "" }));

        Assert.Equal("last(a, 1) > ", draft.Config.Expr);
        Assert.Equal("", draft.Form.Lines[0].Threshold);
        Assert.NotEmpty(draft.SyntaxFaults);
        draft.SetForm(draft.Form.With(0, draft.Form.Lines[0] with { Threshold = "7" }));
        Assert.Equal("last(a, 1) > 7", draft.Model!.Expression.ToString());
    }

    [Theory]
    [InlineData("query.threshold", 90, "sum by (host) (load)  > 90 # peak", "75", "critical 105")]
    [InlineData("query.threshold", 74.5, "sum by (host) (load)  > 74.5 # peak", "74.5", "critical 89.5")]
    [InlineData("clear", 60, "sum by (host) (load)  > 80 # peak", "60", "critical 95")]
    [InlineData("step.0", 99, "sum by (host) (load)  > 80 # peak", "75", "critical 99")]
    [InlineData("clear", 81, "sum by (host) (load)  > 80 # peak", "75", "critical 95")]
    public void Move_OfARuleInPromQl_WritesTheNumberWhereItStands(string border, double value, string expr, string clear, string steps)
    {
        var draft = new RuleDraft(new RuleConfig { Language = RuleLanguage.PromQl, Expr = "sum by (host) (load)  > 80 # peak", Clear = "75", Steps = "critical 95" });

        draft.Move(border, value);

        Assert.Equal((expr, clear, steps, ""), (draft.Config.Expr, draft.Config.Clear, draft.Config.Steps, draft.Config.Name));
    }

    [Fact]
    public void Borders_OfARuleInPromQl_AreThresholdStepsAndClear()
    {
        var draft = new RuleDraft(new RuleConfig { Name = "hot", Language = RuleLanguage.PromQl, Expr = "20 > load", Clear = "25", Steps = "critical 5" });

        Assert.Equal([("query.threshold", 20), ("step.0", 5), ("clear", 25)], RuleBorders.Of(draft.Model!).Select(static border => (border.Id, border.Value)));
        Assert.Equal("below 5", AlertFigure.Why(draft.Model!, new LiveDash.Core.Model.SeriesKey("load"), Severity.Critical, recovers: false));
    }

    [Fact]
    public void Labels_WithoutEquals_AreAFault()
    {
        var draft = Draft("last(a, 1) > 5");

        draft.SetLabels("team=shop, tier = 1");
        Assert.Equal([("team", "shop"), ("tier", "1")], draft.Config.Labels.Select(static l => (l.Key, l.Value)));
        draft.SetLabels("team");
        Assert.NotNull(draft.Fault("labels"));
    }

    [Fact]
    public void IsDirty_ChangedBack_IsFalse()
    {
        var draft = Draft("last(a, 1) > 5");

        draft.SetChannels(["ops", "chat"]);
        Assert.True(draft.IsDirty);
        draft.SetChannels([]);
        Assert.False(draft.IsDirty);
    }

    [Theory]
    [InlineData("mean(a, 30s) > 80 critical 95 for 10s clear 70", "0.threshold", 60, "mean(a, 30s) > 60 critical 75 for 10s clear 60")]
    [InlineData("mean(a, 30s) > 80 clear 70", "0.threshold", 90, "mean(a, 30s) > 90 clear 70")]
    [InlineData("mean(a, 30s) < 10 clear 12", "0.threshold", 20, "mean(a, 30s) < 20 clear 20")]
    [InlineData("mean(a, 30s) > 80 clear 70", "clear", 75, "mean(a, 30s) > 80 clear 75")]
    [InlineData("mean(a, 30s) > 80 clear 70", "clear", 85, "mean(a, 30s) > 80 clear 70")]
    [InlineData("mean(a, 30s) > 80 critical 95", "step.0", 90, "mean(a, 30s) > 80 critical 90")]
    [InlineData("mean(a, 30s) > 80 critical 95", "step.0", 70, "mean(a, 30s) > 80 critical 95")]
    [InlineData("outside(a, 5m, 1, 5)", "0.high", 9, "outside(a, 5m, 1, 9)")]
    [InlineData("outside(a, 5m, 1, 5)", "0.low", 9, "outside(a, 5m, 5, 5)")]
    [InlineData("(mean(a, 5m) > 1 or not mean(a, 5m) > 5) and mean(a, 5m) > 9", "2.threshold", 7, "(mean(a, 5m) > 1 or not mean(a, 5m) > 5) and mean(a, 5m) > 7")]
    [InlineData("mean(a, 30s) > 80", "nonsense.4", 1, "mean(a, 30s) > 80")]
    [InlineData("mean(a, 30s) > 80", "0.threshold", double.NaN, "mean(a, 30s) > 80")]
    public void Move_LineOfTheChart_EditsTheRule(string before, string border, double value, string after)
    {
        var draft = Draft(before);

        draft.Move(border, value);

        Assert.Equal(after, draft.Config.Expr);
    }

    [Fact]
    public void Borders_OfARule_AreThoseOnItsChart()
    {
        Assert.Equal(["0.threshold", "step.0", "clear"], Ids("mean(a, 30s) > 80 critical 95 clear 70"));
        Assert.Equal(["0.low", "0.high"], Ids("outside(a, 5m, 1, 5)"));
        // Another series, and another measure of the same one, have another axis.
        Assert.Equal(["0.threshold"], Ids("mean(a, 5m) > 1 and mean(b, 5m) > 2 and rate(a, 5m) > 3"));
        Assert.Empty(Ids("absent(a, 5m)"));
    }

    [Fact]
    public void Caret_LongText_PointsAtThePlaceWithinThePart()
    {
        var text = new string('a', 60) + "!" + new string('b', 60);

        var lines = RuleCaret.Point(text, 60).Split('\n');

        Assert.Equal('!', lines[0][lines[1].IndexOf('^', StringComparison.Ordinal)]);
        Assert.True(lines[0].Length <= RuleCaret.MaxWidth + 2);
        Assert.Equal("mean(\n     ^", RuleCaret.Point("mean(", 5));
    }

    private static IEnumerable<string> Ids(string text) => RuleBorders.Of(Draft(text).Model!).Select(static b => b.Id);

    private static RuleDraft Draft(string text) => new(new RuleConfig { Id = "r", Name = "r", Expr = text });
}
