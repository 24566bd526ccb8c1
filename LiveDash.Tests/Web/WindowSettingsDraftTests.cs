using LiveDash.Core.Configuration;
using LiveDash.Core.Model;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web;

public sealed class WindowSettingsDraftTests
{
    [Fact]
    public void SetDefault_Nonsense_IsAFaultAndKeepsTheLastMeaning()
    {
        var draft = new WindowSettingsDraft(WindowSettings.Initial);
        draft.SetDefault("5m");

        draft.SetDefault("5 parsecs");

        Assert.False(draft.IsValid);
        Assert.NotNull(draft.Fault("default"));
        Assert.Equal("5m", draft.Plan.Default.Spec.ToString());
    }

    [Fact]
    public void IsDirty_ChangedAndBack_IsFalse()
    {
        var draft = new WindowSettingsDraft(WindowSettings.Initial);
        draft.Add(new WindowOverride { Series = "a", Window = "5m" });
        Assert.True(draft.IsDirty);

        draft.RemoveAt(0);

        Assert.False(draft.IsDirty);
    }

    [Fact]
    public void CountSeries_TwoPatternsMatchOne_TheFirstGetsIt()
    {
        var catalog = new SeriesCatalog(new Limits());
        foreach (var name in new[] { "cpu.a", "cpu.b", "mem" }) Assert.True(catalog.TryIntern(new SeriesKey(name), out _));
        var draft = new WindowSettingsDraft(new WindowSettings { Overrides = [new() { Series = "cpu.*", Window = "5m" }, new() { Series = "*a", Window = "1m" }] });

        Assert.Equal([2, 0, 1], draft.CountSeries(catalog));
        draft.Move(1, -1);
        Assert.Equal([1, 1, 1], draft.CountSeries(catalog));
    }

    [Fact]
    public void Validate_FieldsOfALine_AreNamedEach()
    {
        var draft = new WindowSettingsDraft(WindowSettings.Initial);
        draft.Add(new WindowOverride { Series = "", Window = "", Lateness = "soon" });

        Assert.All(["overrides[0].series", "overrides[0].window", "overrides[0].lateness"], field => Assert.NotNull(draft.Fault(field)));
    }
}
