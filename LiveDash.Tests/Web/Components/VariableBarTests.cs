using Bunit;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Live.Variables;
using LiveDash.Core.Model;
using LiveDash.Web.Components.Dashboards;

namespace LiveDash.Tests.Web.Components;

public sealed class VariableBarTests : BunitContext
{
    [Fact]
    public void Bar_OfAVariable_OffersItsValuesAndTakesNoTextThatIsNone()
    {
        var chosen = new List<(string Name, string Value)>();
        var bar = Render<VariableBar>(p => p
            .Add(static b => b.Choices, [new VariableChoice(new DashboardVariable { Name = "host", Tag = "host" }, "gone", ["web1", "web2"])])
            .Add(static b => b.OnChosen, chosen.Add));

        Assert.Equal(["*", "gone", "web1", "web2"], bar.FindAll("option").Select(static option => option.GetAttribute("value")));
        Assert.Contains("gone (no series)", bar.Markup, StringComparison.Ordinal);
        // Whatever a browser sends as an event.
        foreach (var forged in new object?[] { null, "", new string('x', 100_000), "a\u0000b" }) bar.Find("select").Change(forged);
        Assert.Empty(chosen);
        bar.Find("select").Change("web2");
        bar.Find("select").Change(Placeholders.Any);

        Assert.Equal([("host", "web2"), ("host", "*")], chosen);
    }

    [Fact]
    public void Bar_OfAVariableThatHasNoAll_DoesNotOfferIt()
    {
        var bar = Render<VariableBar>(static p => p.Add(static b => b.Choices, [new VariableChoice(new DashboardVariable { Name = "host", Tag = "host", HasAll = false }, "", [])]));

        Assert.Equal(["none yet"], bar.FindAll("option").Select(static option => option.TextContent));
    }
}
