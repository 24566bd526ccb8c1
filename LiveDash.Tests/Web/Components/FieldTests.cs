using Bunit;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Web.Components.Controls;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Tests.Web.Components;

public sealed class FieldTests : BunitContext
{
    [Fact]
    public void Field_WithSeveralFaults_TellsThemALineEachToWhomTheFieldIsRead()
    {
        var field = Render<Field>(p => p.Add(f => f.Label, "Port").Add(f => f.Hint, "a number").Add(f => f.Error, "first\nsecond"));

        var note = field.Find($"#{field.Find("input").GetAttribute("aria-describedby")}");
        Assert.Equal(("first\nsecond", "alert", "error"), (note.TextContent, note.GetAttribute("role"), note.ClassName));
        Assert.Equal("true", field.Find("input").GetAttribute("aria-invalid"));
    }

    [Fact]
    public void Field_ThatIsCommitted_AsksNothingOfTheServerWhileItIsTyped()
    {
        var committed = "";
        var field = Render<Field>(p => p.Add(f => f.Label, "Title").Add(f => f.Committed, text => committed = text));
        Assert.Throws<MissingEventHandlerException>(() => field.Find("input").Input("half"));

        field.Find("input").Change("whole");

        Assert.Equal("whole", committed);
    }

    [Fact]
    public void Field_OfLinesThatMayHoldASecret_IsMarkedSoThatTheBrowserDoesNotKeepIt()
    {
        var heard = "";
        var field = Render<Field>(p => p.Add(f => f.Label, "Headers").Add(f => f.Lines, 3).Add(f => f.IsSecret, true).Add(f => f.ValueChanged, text => heard = text));

        Assert.True(field.Find("textarea").HasAttribute("data-secret"));
        field.Find("textarea").Input("A: b\nC: d");
        Assert.Equal("A: b\nC: d", heard);
        Assert.False(Render<Field>(p => p.Add(f => f.Label, "Message").Add(f => f.Lines, 3)).Find("textarea").HasAttribute("data-secret"));
    }

    [Fact]
    public void NumberField_TextThatIsNone_KeepsItsPanelFromBeingSavedUntilItIsMendedOrGone()
    {
        var edit = new PanelEdit(new DashboardPanel { Id = "a", Kind = PanelKind.Chart, Series = ["cpu.usage"] });
        var field = Render<NumberField>(p => p.Add(f => f.Label, "Least").Add(f => f.Value, 7).Add(f => f.Faulty, fault => edit.Tell("Least", fault)));

        field.Find("input").Change("1,5");
        Assert.Equal("Least: “1,5” is no number; one is written such as 1.5.", Assert.Single(edit.Errors().Values));
        field.Find("input").Change("1.5");
        Assert.True(edit.IsValid);

        field.Find("input").Change("x");
        Assert.False(edit.IsValid);
        field.Instance.Dispose();
        Assert.True(edit.IsValid);
    }

    [Fact]
    public void SelectField_ValueThatIsNoneOfTheOptions_StandsAsItIsUntilAnotherIsChosen()
    {
        var chosen = 9;
        var field = Render<SelectField<int>>(p => p.Add(f => f.Label, "Decimals").Add(f => f.Value, 9).Add(f => f.Options, [(0, "none"), (2, "two")]).Add(f => f.ValueChanged, value => chosen = value));

        Assert.Equal(("-1", "9"), (field.Find("select").GetAttribute("value"), field.Find("option").TextContent));
        field.Find("select").Change("-1");
        Assert.Equal(9, chosen);
        field.Find("select").Change("0");
        Assert.Equal(0, chosen);
    }

    [Theory]
    [InlineData("12.5", 12.5, null)]
    [InlineData(" 1e3 ", 1000d, null)]
    [InlineData("-0.25", -0.25, null)]
    [InlineData("", null, null)]
    [InlineData("1,5", 7d, "“1,5” is no number; one is written such as 1.5.")]
    [InlineData("∞", 7d, "“∞” is no number; one is written such as 1.5.")]
    [InlineData("1e999", 7d, "“1e999” is no number; one is written such as 1.5.")]
    public void NumberField_OfAText_IsItsNumberOrSaysThatItIsNone(string text, double? number, string? fault)
    {
        double? value = 7;
        var field = Render<NumberField>(p => p.Add(f => f.Label, "Least").Add(f => f.IsOptional, true).Add(f => f.Value, value).Add(f => f.ValueChanged, changed => value = changed));
        Assert.Equal("7", field.Find("input").GetAttribute("value"));

        field.Find("input").Change(text);

        Assert.Equal(number, value);
        Assert.Equal(fault, field.FindAll("[role=alert]").SingleOrDefault()?.TextContent);
        // What is no number stays to be mended, also when the form is drawn anew.
        if (fault is null) return;
        field.Render(p => p.Add(f => f.Value, value));
        Assert.Equal(text, field.Find("input").GetAttribute("value"));
        field.Render(p => p.Add(f => f.Value, 8));
        Assert.Equal("8", field.Find("input").GetAttribute("value"));
    }

    [Fact]
    public void NumberField_ThatMustBe_IsNotEmptied()
    {
        double? value = 7;
        var field = Render<NumberField>(p => p.Add(f => f.Label, "Value 1").Add(f => f.Value, value).Add(f => f.ValueChanged, changed => value = changed));

        field.Find("input").Change(" ");

        Assert.Equal((7, "A number is needed."), (value, field.Find("[role=alert]").TextContent));
    }

    [Fact]
    public void SelectField_OfValues_ShowsTheChosenAndTellsAnother()
    {
        TimeSpan? value = TimeSpan.FromMinutes(5);
        IReadOnlyList<(TimeSpan?, string)> options = [(null, "the dashboard's"), (TimeSpan.FromMinutes(1), "1 min"), (TimeSpan.FromMinutes(5), "5 min")];
        var field = Render<SelectField<TimeSpan?>>(p => p.Add(f => f.Label, "Time span").Add(f => f.Options, options).Add(f => f.Value, value).Add(f => f.ValueChanged, EventCallback.Factory.Create<TimeSpan?>(this, changed => value = changed)));
        Assert.Equal("2", field.Find("select").GetAttribute("value"));

        field.Find("select").Change("0");

        Assert.Null(value);
        field.Find("select").Change("1");
        Assert.Equal(TimeSpan.FromMinutes(1), value);
        field.Find("select").Change("no place");
        Assert.Equal(TimeSpan.FromMinutes(1), value);
    }
}
