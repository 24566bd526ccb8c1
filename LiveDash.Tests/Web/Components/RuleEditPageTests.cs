using Bunit;
using Bunit.TestDoubles;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Model;
using LiveDash.Tests.Shared;
using LiveDash.Web.Components.Alerts;
using LiveDash.Web.Components.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Components;

public sealed class RuleEditPageTests : AlertComponentContext
{
    private const string Usual = "mean(shop.load, 30s) > 80 for 10s";
    private const string Suggested = "mean(shop.load, 30s) > 250 for 10s";
    private readonly MemoryPointStore _store = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BunitNavigationManager Navigation => Services.GetRequiredService<BunitNavigationManager>();

    [Fact]
    public void NewRule_DrawnAheadOfItsCircuit_IsThereWithoutLookingAtTheStore()
    {
        var page = Show(isInteractive: false);

        Assert.Equal(Usual, Text(page));
        Assert.False(_asked.Task.IsCompleted);
    }

    [Fact]
    public async Task NewRule_WhileItsHistoryIsLookedAt_IsThereAndThenFollows()
    {
        var page = Show();
        await _asked.Task.WaitAsync(Patience);
        Assert.Equal(Usual, Text(page));
        Assert.Contains("Looking at what the series has been", page.Find("[role=status]").TextContent, StringComparison.Ordinal);

        _answer.SetResult();

        page.WaitForAssertion(() => Assert.Equal(Suggested, Text(page)), Patience);
    }

    [Fact]
    public async Task NewRule_BegunBeforeTheAnswer_StaysAsItIs()
    {
        var page = Show();
        await _asked.Task.WaitAsync(Patience);
        await page.Find(".rule-name input").InputAsync(new ChangeEventArgs { Value = "Mine" });

        _answer.SetResult();

        await Wait.UntilAsync(() => _store.OpenScans == 0, "the history was read");
        page.WaitForAssertion(() => Assert.Equal("Not saved yet.", page.Find("[role=status]").TextContent), Patience);
        Assert.Equal((Usual, "Mine"), (Text(page), page.Find(".rule-name input").GetAttribute("value")));
    }

    [Fact]
    public async Task NewRule_LeftBeforeTheAnswer_EndsTheScan()
    {
        Show();
        await _asked.Task.WaitAsync(Patience);

        await DisposeComponentsAsync();

        await Wait.UntilAsync(() => _store.OpenScans == 0, "the scan ended");
    }

    [Fact]
    public void Unsaved_LeftForTheListOfRules_AsksFirst()
    {
        var page = Show(isInteractive: false);
        Name(page, "Mine");

        Navigation.NavigateTo("/rules");

        Assert.Equal(NavigationState.Prevented, Navigation.History.First().State);
    }

    [Fact]
    public void Unsaved_Cancelled_LeavesWithoutAsking()
    {
        var page = Show(isInteractive: false);
        Name(page, "Mine");

        page.FindAll(".page-actions button").First(static button => button.TextContent == "Cancel").Click();

        Assert.Equal(("rules", NavigationState.Succeeded), (Navigation.History.First().Uri, Navigation.History.First().State));
    }

    [Fact]
    public void NewRule_OfAnExpression_IsPromQlWithFieldsOfItsOwn()
    {
        var page = Show(isInteractive: false, "/rules/new?language=promql&expr=sum(shop.load)%20%3E%2080");

        Assert.Equal(("promql", "sum(shop.load) > 80"), (page.Find("#rule-language").GetAttribute("value"), Text(page)));
        Assert.Empty(page.FindComponents<RuleConditionForm>());
        page.FindAll(".rule-edit-condition .form-grid input")[0].Input("5m");
        page.FindAll(".rule-edit-condition .form-grid input")[1].Input("soon");
        Assert.NotEmpty(page.FindAll(".rule-edit-condition .form-grid .error"));
        page.FindAll(".rule-edit-condition .form-grid input")[1].Input("1m");
        Assert.Empty(page.FindAll(".rule-edit-condition .form-grid .error"));
        Name(page, "Too much");
        Assert.False(page.Find("button[type=submit]").HasAttribute("disabled"));

        page.Find(".rule-text textarea").Input("sum(shop.load >");

        Assert.Contains("(character ", page.Find(".rule-text [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("button[type=submit]").HasAttribute("disabled"));
    }

    [Fact]
    public void Language_ChosenBack_TakesThePromQlFieldsAway()
    {
        var page = Show(isInteractive: false);
        page.Find("#rule-language").Change("promql");
        Assert.NotNull(page.Find(".rule-text [role=alert]"));
        Assert.Empty(page.FindComponents<RuleConditionForm>());

        page.Find("#rule-language").Change("livedash");

        Assert.Single(page.FindComponents<RuleConditionForm>());
        Assert.Equal(Usual, Text(page));
    }

    private static string? Text(IRenderedComponent<RuleEditPage> page) => page.Find(".rule-text textarea").GetAttribute("value");

    private static void Name(IRenderedComponent<RuleEditPage> page, string name) => page.Find(".rule-name input").Input(name);

    // Ten minutes of a value that swings between 200 and 240, which are not given before the test says so.
    private IRenderedComponent<RuleEditPage> Show(bool isInteractive = true, string address = "/rules/new?series=shop.load")
    {
        Assert.True(SeriesKey.TryParse("shop.load", out var key) && Catalog.TryIntern(key!, out var series));
        Catalog.TryFind("shop.load", out series);
        var time = new ManualTime();
        for (var i = 0; i < 600; i++) _store.Add(series, time.Ticks - TimeSpan.FromSeconds(600 - i).Ticks, 200 + (i % 41));
        _store.BeforeScan = async cancellation =>
        {
            _asked.TrySetResult();
            await _answer.Task.WaitAsync(cancellation);
        };
        Services.AddSingleton(new RuleSuggester(new RulePreview(_store, Catalog, new Limits(), time), Catalog, _store, time));
        ComponentFactories.AddStub<RulePreviewPanel>();
        SetRendererInfo(new RendererInfo(isInteractive ? "Server" : "Static", isInteractive));
        Navigation.NavigateTo(address);
        return Render<RuleEditPage>();
    }
}
