using LiveDash.Core.Rules;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>Rules that ask for a state: as text, as a form, in words, and judged.</summary>
public sealed class StateRuleTests
{
    [Theory]
    [InlineData("""state(pump{site=*}) == "stopped" for 10s keep 5s""")]
    [InlineData("""state(pump) != "running" """)]
    [InlineData("""state(pump) == "say \"stop\" \\x" and mean(rpm, 30s) > 5""")]
    [InlineData("""not state(pump) == "running" """)]
    public void Parse_StateConditions_ReadBackTheSame(string text)
    {
        var rule = RuleExpression.Parse(text);
        Assert.Equal(text.Trim(), rule.ToString());
        Assert.Equal(rule, RuleExpression.Parse(RuleForm.From(rule)!.ToText()));
    }

    [Theory]
    [InlineData("state(pump) > \"a\"", 12, "== or !=")]
    [InlineData("state(pump) == stopped", 15, "quotes")]
    [InlineData("state(pump) == \"stopped", 15, "not closed")]
    [InlineData("state(pump) == \"\"", 15, "empty")]
    public void Parse_FaultyStateConditions_NameThePlace(string text, int position, string part)
    {
        Assert.False(RuleExpression.TryParse(text, out _, out var fault));
        Assert.Equal(position, fault.Position);
        Assert.Contains(part, fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_OfAStateRule_SayTheState() =>
        Assert.Equal("Fires after 10 seconds in which pump is in the state 'stopped'.", RuleWords.Describe(JudgeHarness.Rule("""state(pump) == "stopped" for 10s""")));

    [Fact]
    public void Suggestion_ForStates_IsTheOneThatLooksLikeTrouble()
    {
        Assert.Equal("state(pump) == \"Stopped\" for 10s", RuleSuggestion.State("pump", ["running", "Stopped", "starting"]));
        Assert.Equal("state(door) == \"ajar\" for 10s", RuleSuggestion.State("door", ["shut", "ajar"]));
    }

    [Fact]
    public void Judge_StateThatLasts_FiresWithoutAnotherPointAndSaysTheState()
    {
        var harness = Harness("""state(x) == "stopped" for 10s""");
        // Long silence is no gap: a state lasts until the next.
        harness.Point(0, 0).Ticks(0, 400).Point(401, 1).Ticks(401, 412);
        Assert.Equal("Pending, Fired", harness.Story);
        var fired = harness.Log.Transitions[^1];
        Assert.Equal("stopped", fired.Live.TextOf(fired.Value));
        harness.Ticks(413, 1_000).Point(1_001, 0).Tick(1_001);
        Assert.Equal("Pending, Fired, Resolved", harness.Story);
    }

    [Fact]
    public void Judge_AnotherState_FiresAndAnUnknownOneNever()
    {
        var other = Harness("""state(x) != "running" """);
        other.Point(0, 0).Tick(1);
        Assert.Equal("", other.Story);
        other.Point(2, 1).Tick(2);
        Assert.Equal("Fired", other.Story);
        var unknown = Harness("""state(x) == "exploded" """);
        unknown.Point(0, 0).Point(1, 1).Ticks(1, 5);
        Assert.Equal("", unknown.Story);
    }

    [Fact]
    public void Judge_NumbersWithoutWords_AreNoState()
    {
        var harness = Harness("""state(x) != "running" """);
        harness.Point(0, 7).Ticks(0, 3);
        Assert.Equal("", harness.Story);
    }

    private static JudgeHarness Harness(string expr)
    {
        var harness = new JudgeHarness();
        var key = harness.Catalog[harness.Series("x")];
        harness.Catalog.States.Load(key, ["running", "stopped"]);
        return harness.Configure(0, JudgeHarness.Rule(expr));
    }
}
