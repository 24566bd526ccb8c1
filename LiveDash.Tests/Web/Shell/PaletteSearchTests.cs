using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.Shell;

public sealed class PaletteSearchTests
{
    private static readonly PaletteItem[] s_all =
    [
        new("Pages", "Sources", "Data", "/sources"), new("Pages", "Alerts", "Alerting", "/alerts"), new("Pages", "Silences", "Alerting", "/silences"),
        new("Dashboards", "Web shop", "", "/d/web-shop"), new("Rules", "Shop is slow", "Critical", "/rules/edit/slow"), new("Do", "New rule", "", "/rules/new"),
    ];

    [Fact]
    public void Find_Nothing_IsEverythingKindByKind() => Assert.Equal(s_all, PaletteSearch.Find(s_all, " "));

    [Fact]
    public void Find_AWord_BeginningsComeBeforeWhatStandsBehind() =>
        Assert.Equal(["Alerts", "Silences"], PaletteSearch.Find(s_all, "alert").Select(static item => item.Text));

    [Fact]
    public void Find_SeveralWords_AllMustStandThereInAnyCase() =>
        Assert.Equal(["/rules/edit/slow"], PaletteSearch.Find(s_all, "SLOW shop").Select(static item => item.Address));

    [Fact]
    public void Find_WhatIsNowhere_IsNothing() => Assert.Empty(PaletteSearch.Find(s_all, "zzz"));

    [Fact]
    public void Find_ManyOfAKind_KeepsTheBest()
    {
        var many = Enumerable.Range(0, 50).Select(static i => new PaletteItem("Rules", $"a shop {i}", "", "/")).Append(new("Rules", "shop", "", "/best"));

        var found = PaletteSearch.Find(many, "shop");

        Assert.Equal(PaletteSearch.MaxOfKind, found.Count);
        Assert.Equal("/best", found[0].Address);
    }
}
