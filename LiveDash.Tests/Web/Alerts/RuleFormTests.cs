using FsCheck;
using FsCheck.Fluent;
using LiveDash.Core.Rules;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.Alerts;

/// <summary>The form of a rule says what its text says, both ways.</summary>
public sealed class RuleFormTests
{
    private static readonly string[] s_series = ["cpu.load", "cpu.load{host=*}", "disk.free{host=web1,mount=\"/var, log\"}", "*"];
    private static readonly string[] s_aggregates = ["mean", "p99.9", "ewma 30s", "above 80", "rate", "zscore", "last"];
    private static readonly string[] s_windows = ["1", "30s", "500", "tumbling 1m", "hopping 5m/30s", "session 30s", "1500ms"];

    [Theory]
    [InlineData("mean(cpu.load, 30s) > 80 for 10s keep 5s clear 70")]
    [InlineData("mean(cpu.load, 30s) > 80 warning 90 critical 95.5")]
    [InlineData("rate(requests{host=*}, 1m) < 5")]
    [InlineData("absent(backup.done, 1d)")]
    [InlineData("outside(room.temp, 5m, -10, 20.25) for 1m")]
    [InlineData("anomaly(cpu.usage)")]
    [InlineData("anomaly(cpu.usage, high) keep 1h")]
    [InlineData("not absent(a, 1m) and last(b, 1) == 0 and mean(c, 30s) >= 1E+30")]
    [InlineData("absent(a, 1m) or outside(b, 5m, 1, 2)")]
    public void Form_OfAText_GivesTheTextBack(string text)
    {
        var form = RuleForm.From(RuleExpression.Parse(text));

        Assert.Equal(text, form!.ToText());
    }

    [Theory]
    [InlineData("(absent(a, 1m) or absent(b, 1m)) and absent(c, 1m)")]
    [InlineData("not (absent(a, 1m) and absent(b, 1m))")]
    [InlineData("absent(a, 1m) and (absent(b, 1m) and absent(c, 1m))")]
    [InlineData("not not absent(a, 1m)")]
    public void Form_OfNestedConditions_IsNone(string text) => Assert.Null(RuleForm.From(RuleExpression.Parse(text)));

    [Fact]
    public void Form_AnyFlatRule_RoundTripsWithoutLoss() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(Expressions()), static expression =>
        {
            var form = RuleForm.From(expression);
            return form is not null && form.ToText() == expression.ToString() && RuleExpression.Parse(form.ToText()).Equals(expression)
                && form.Equals(RuleForm.From(RuleExpression.Parse(form.ToText())));
        }));

    [Fact]
    public void Form_TwoConditions_LeavesStepsAndClearOut()
    {
        var form = RuleForm.From(RuleExpression.Parse("last(a, 1) > 5 critical 9 clear 3"))!;
        var two = form with { Lines = [.. form.Lines, form.Lines[0] with { Series = "b" }] };

        Assert.Equal("last(a, 1) > 5 and last(b, 1) > 5", two.ToText());
        Assert.Equal("last(a, 1) > 5 or last(b, 1) > 5", (two with { Any = true }).ToText());
    }

    private static Gen<RuleExpression> Expressions()
    {
        var number = Gen.Choose(-100_000, 100_000).Select(static n => n / 8.0);
        var comparison =
            from aggregate in Gen.Elements(s_aggregates)
            from series in Gen.Elements(s_series)
            from window in Gen.Elements(s_windows)
            from comparator in Gen.Elements(Enum.GetValues<Comparator>())
            from threshold in number
            select (SeriesCondition)new Comparison(AggregateSpec.Parse(aggregate), series, WindowSpec.Parse(window), comparator, threshold);
        var outside =
            from series in Gen.Elements(s_series)
            from window in Gen.Elements(s_windows)
            from low in number
            from width in Gen.Choose(0, 100)
            select (SeriesCondition)new Outside(series, WindowSpec.Parse(window), low, low + width);
        var absent = Gen.Elements(s_series).Zip(Gen.Choose(1, 100_000)).Select(static p => (SeriesCondition)new Absent(p.Item1, TimeSpan.FromSeconds(p.Item2)));
        var leaf = Gen.OneOf(comparison, outside, absent);
        var condition =
            from leaves in leaf.NonEmptyListOf()
            from nots in Gen.Choose(0, 1).ArrayOf(leaves.Count)
            from any in Gen.Elements(true, false)
            select leaves.Take(4).Select((l, i) => nots[i] == 1 ? new Negation(l) : (Condition)l).Aggregate((a, b) => any ? new AnyOf(a, b) : new AllOf(a, b));
        return
            from what in condition
            from held in Gen.Choose(0, 90)
            from gone in Gen.Choose(0, 90)
            from steps in Gen.Choose(0, 2)
            from clears in Gen.Elements(true, false)
            select With(new() { Condition = what, For = TimeSpan.FromSeconds(held), Keep = TimeSpan.FromSeconds(gone) }, steps, clears);
    }

    private static RuleExpression With(RuleExpression expression, int steps, bool clears)
    {
        if (expression.Condition is not Comparison { Comparator: var comparator, Threshold: var threshold } || !comparator.IsOrdered()) return expression;
        var way = comparator.IsDownward() ? -1 : 1;
        SeverityStep[] all = [new(Severity.Warning, threshold + way), new(Severity.Critical, threshold + (2.5 * way))];
        return expression with { Steps = all[..steps], Clear = clears ? threshold - (3 * way) : null };
    }
}
