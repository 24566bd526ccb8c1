using LiveDash.Web.Components.Shell;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class PageAddressTests
{
    [Theory]
    [InlineData("/", "./", true)]
    [InlineData("/d/shop?last=1h", "d/shop?last=1h", true)]
    [InlineData("https://example.org/a", "https://example.org/a", false)]
    [InlineData("//example.org/a", "//example.org/a", false)]
    public void WithinBase_AddressSomebodyWrote_StaysOnThisServerUnderItsBase(string written, string link, bool isOwn)
    {
        Assert.Equal(link, PageAddress.WithinBase(written));
        Assert.Equal(isOwn, PageAddress.IsOwn(written));
    }

    [Theory]
    [InlineData("", "Dashboards")]
    [InlineData("?last=1h", "Dashboards")]
    [InlineData("d/shop", "Dashboards")]
    [InlineData("dashboards", "Dashboards")]
    [InlineData("grid?series=a", "Explore")]
    [InlineData("rules/edit/7", "Rules")]
    [InlineData("plots", "Plots")]
    [InlineData("settings/windows#kinds", "Windows")]
    [InlineData("rulesome", null)]
    public void Of_AddressBehindTheBase_IsItsPage(string path, string? page) => Assert.Equal(page, NavPage.Of(path)?.Text);
}
