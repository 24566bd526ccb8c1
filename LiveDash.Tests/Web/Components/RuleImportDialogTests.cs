using Bunit;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Rules;
using LiveDash.Web.Components.Alerts;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Components;

public sealed class RuleImportDialogTests : AlertComponentContext
{
    private const string Prometheus = """
        groups:
          - name: shop
            rules:
              - alert: ShopSlow
                expr: avg_over_time(shop_latency[5m]) > 80
              - alert: NoEquivalent
                expr: histogram_quantile(0.9 sum by (le) (rate(x[5m]))) > 1
        """;

    private int _imported;

    [Fact]
    public async Task Text_GoodAndBad_ShowsBothAndTakesInTheGood()
    {
        var book = Services.GetRequiredService<RuleBook>();
        await book.AddAsync(new RuleConfig { Id = "hot", Name = "hot", Expr = "last(x, 1) > 80" }, default);
        var dialog = Show();
        Assert.True(dialog.Find("button[type=submit]").HasAttribute("disabled"));

        dialog.Find("textarea").Input("rules:\n  - {id: hot, name: hot, expr: 'last(x, 1) > 90'}\n  - {name: new, expr: 'mean(a, 30s) > 5'}\n  - {name: wrong, expr: 'mean(a) >> 5'}\n");

        Assert.Equal(["changes one", "new"], dialog.FindAll(".badge").Select(static badge => badge.TextContent));
        Assert.Contains("wrong", Assert.Single(dialog.FindAll(".import-errors li")).TextContent, StringComparison.Ordinal);
        dialog.Find("form").Submit();
        dialog.WaitForAssertion(() => Assert.Equal(2, _imported), Patience);
        Assert.Equal("last(x, 1) > 90", book.Rules.Find("hot")!.Config.Expr);
    }

    [Fact]
    public void Prometheus_WithWhatHasNoEquivalent_IsListed()
    {
        var dialog = Show();

        dialog.Find("textarea").Input(Prometheus);

        Assert.Contains("ShopSlow", dialog.Find("tbody th").TextContent, StringComparison.Ordinal);
        Assert.Contains("NoEquivalent", dialog.Find(".import-errors").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_ThatIsGone_IsToldAndTheDialogGoesOn()
    {
        var dialog = Show();

        await dialog.InvokeAsync(() => dialog.FindComponent<InputFile>().Instance.OnChange.InvokeAsync(new InputFileChangeEventArgs([new GoneFile()])));

        Assert.Contains("The file could not be read", dialog.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        dialog.Find("textarea").Input("rules:\n  - {name: new, expr: 'mean(a, 30s) > 5'}\n");
        Assert.Empty(dialog.FindAll("[role=alert]"));
    }

    private IRenderedComponent<RuleImportDialog> Show() => Render<RuleImportDialog>(parameters => parameters
        .Add(static p => p.OnImported, count => _imported = count).Add(static p => p.OnClose, () => { }));
}
