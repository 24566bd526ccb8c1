using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class DashboardRowsTests
{
    [Fact]
    public void Style_HeadOfASection_TakesARowOfItsOwnHeight()
    {
        var style = DashboardRows.Style(
        [
            new() { Id = "a", Kind = PanelKind.Stat, Series = ["x"], W = 3, H = 2 },
            new() { Id = "s", Kind = PanelKind.Section, Title = "More", Y = 2, W = 12, H = 1 },
            new() { Id = "b", Kind = PanelKind.Chart, Series = ["x"], Y = 3, W = 12, H = 1 },
        ]);

        Assert.Equal("--template:var(--row) var(--row) var(--row-head) var(--row);--least:calc(3 * var(--row-least) + 1 * var(--row-head) + 3 * var(--gap))", style);
    }

    [Fact]
    public void Style_OfNothing_IsNone() => Assert.Equal("", DashboardRows.Style([]));
}
