using Bunit;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Web.Components.Alerts;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.Components;

public sealed class RuleEditorPartsTests : AlertComponentContext
{
    [Fact]
    public void Text_WithAFault_PointsAtThePlaceAndSaysIt()
    {
        var field = Render<RuleTextField>(parameters => parameters.Add(static p => p.Value, "mean(x, 30s) >> 80").Add(static p => p.Faults, [new RuleFault("expr", 13, "'>>' is not a comparison.")]));

        Assert.EndsWith("             ^", field.Find(".rule-caret").TextContent, StringComparison.Ordinal);
        Assert.Equal("'>>' is not a comparison. (character 14)", field.Find("[role=alert]").TextContent);
        Assert.Equal("true", field.Find("textarea").GetAttribute("aria-invalid"));
    }

    [Fact]
    public void Text_WithSeveralFaults_SaysThemALineEachAndPointsAtTheFirst()
    {
        var field = Render<RuleTextField>(parameters => parameters.Add(static p => p.Value, "sum(a) + + b)").Add(static p => p.Faults, [new RuleFault("expr", 9, "One."), new RuleFault("expr", 12, "Two.")]));

        Assert.Equal(["One. (character 10)", "Two. (character 13)"], field.Find("[role=alert]").TextContent.Split('\n'));
        Assert.EndsWith("         ^", field.Find(".rule-caret").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Form_EachField_ChangesTheText()
    {
        Assert.True(Catalog.TryIntern(new SeriesKey("cpu.load"), out _));
        var form = Read("mean(cpu.load, 30s) > 80");
        var component = Render<RuleConditionForm>(parameters => parameters.Add(static p => p.Form, form).Add(static p => p.OnChanged, changed => form = changed));

        component.FindAll("select")[1].Change("<");
        component.Render(parameters => parameters.Add(static p => p.Form, form));
        component.FindAll("input")[1].Input("p99");
        component.Render(parameters => parameters.Add(static p => p.Form, form));

        Assert.Equal("p99(cpu.load, 30s) < 80", form.ToText());
        Assert.Contains("1 series", component.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Form_SeveralConditions_CanBeJoinedAndTakenAway()
    {
        var form = Read("mean(a, 30s) > 80 and mean(b, 30s) > 5");
        var component = Render<RuleConditionForm>(parameters => parameters.Add(static p => p.Form, form).Add(static p => p.OnChanged, changed => form = changed));

        component.Find(".rule-join select").Change("or");

        Assert.Equal("mean(a, 30s) > 80 or mean(b, 30s) > 5", form.ToText());
        Assert.Equal(2, component.FindAll(".rule-line-fields").Count);
    }

    [Fact]
    public void Silences_NotOver_AreListedAndCanBeEnded()
    {
        var now = TimeProvider.System.GetUtcNow().UtcTicks;
        Harness.Book.AddSilence(new() { Id = "s", Rule = "hot", Series = "x", StartsAt = now - 1, EndsAt = now + TimeSpan.TicksPerHour, Comment = "moving racks" });
        var list = Render<SilenceList>();
        Assert.Contains("moving racks", list.Find("li").TextContent, StringComparison.Ordinal);

        list.Find("li button").Click();

        list.WaitForAssertion(() => Assert.Empty(list.FindAll("li")), Patience);
        Assert.Empty(Harness.Book.Silences());
    }

    private static RuleForm Read(string text) => RuleForm.From(RuleExpression.TryParse(text, out var expression, out var fault) ? expression : throw new ArgumentException(fault.Detail, nameof(text)))!;
}
