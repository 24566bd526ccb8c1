using Bunit;
using LiveDash.Web.Components.Pages;

namespace LiveDash.Tests.Web;

public sealed class BunitTests : BunitContext
{
    [Fact]
    public void NotFoundPage_Rendered_LinksBack()
    {
        var page = Render<NotFound>();

        page.Find("a[href='./']").MarkupMatches("<a href=\"./\">Back to the dashboard</a>");
    }
}
