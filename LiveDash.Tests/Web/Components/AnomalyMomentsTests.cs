using Bunit;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Detection;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using LiveDash.Web.Components.Alerts;
using LiveDash.Web.Components.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Components;

/// <summary>Strange moments on a rule's page, said yes or no to.</summary>
public sealed class AnomalyMomentsTests : AlertComponentContext
{
    private const int Bars = 5_000;
    private readonly MemoryDocumentStore _documents = new();
    private readonly List<Sensitivity> _wanted = [];

    [Fact]
    public async Task Moments_NotToldAndSaidYesTo_AreKeptAndRaiseTheSensitivity()
    {
        var shown = Show();
        shown.WaitForAssertion(() => Assert.NotEmpty(shown.FindAll("tbody tr")), Patience);
        Assert.Contains("seen lately", shown.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.All(shown.FindAll("button"), static button => Assert.Equal("false", button.GetAttribute("aria-pressed")));

        // Each moment that nobody would have been told of is said to be worth it.
        var untold = shown.FindAll("tbody tr").Count(static row => row.Children[4].TextContent == "no");
        Assert.NotEqual(0, untold);
        for (var i = 0; i < untold; i++)
        {
            await shown.FindAll("tbody tr").Where(static row => row.Children[4].TextContent == "no").ElementAt(i).QuerySelectorAll("button")[0].ClickAsync(new());
        }

        var kept = await new VerdictBook(_documents).ReadAsync("rule", default);
        Assert.Equal(untold, kept.Count(static one => one.IsStrange));
        Assert.Equal(untold, shown.FindAll("button[aria-pressed=true]").Count);
        Assert.Equal($"{untold} yes, 0 no: sensitivity high.", shown.Find("[data-part=verdicts]").TextContent);
        Assert.Equal(Sensitivity.High, _wanted[^1]);
    }

    [Fact]
    public async Task Moments_SaidTwice_CountOnceAndStandPressedWhenOpenedAgain()
    {
        var shown = Show();
        shown.WaitForAssertion(() => Assert.NotEmpty(shown.FindAll("tbody tr")), Patience);
        await shown.Find("tbody button").ClickAsync(new());
        await shown.FindAll("tbody button")[1].ClickAsync(new());
        Assert.StartsWith("0 yes, 1 no", shown.Find("[data-part=verdicts]").TextContent, StringComparison.Ordinal);

        var again = Show();

        again.WaitForAssertion(() => Assert.Equal(["false", "true"], again.FindAll("tbody button").Take(2).Select(static button => button.GetAttribute("aria-pressed"))), Patience);
    }

    [Fact]
    public void Moments_OfACalmSeries_SayThatThereIsNothing()
    {
        var shown = Show("calm");

        shown.WaitForAssertion(() => Assert.Contains("Nothing strange in the past month", shown.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Moments_OnTheRulesPageSaidYesTo_MoveTheSensitivityAndAreSavedWithTheRule()
    {
        var (page, id) = await ShowPageAsync();

        await SayYesToUntoldAsync(page);

        Assert.Equal("anomaly(wild, high)", page.Find(".rule-text textarea").GetAttribute("value"));
        Assert.Empty(page.FindAll(".rule-edit-error"));
        Assert.Equal("", page.Find("[role=status]").TextContent);
        using var again = new RuleBook(Harness.Store, new Limits());
        await again.LoadAsync(default);
        Assert.Equal("anomaly(wild, high)", again.Rules.Find(id)!.Config.Expr);
        Assert.NotEmpty(await new VerdictBook(_documents).ReadAsync(id, default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Moments_RuleCannotBeSaved_SayWhyAndTheDraftStays(bool isFull)
    {
        var (page, id) = await ShowPageAsync();
        ((MemoryDocumentStore)Harness.Store).Failure = isFull ? new StoreFullException("The disk is full.") : new StoreUnavailableException("The database is away.");

        await SayYesToUntoldAsync(page);

        Assert.Equal("Not saved. " + (isFull ? "The disk is full." : "The database is away."), page.Find(".rule-edit-error").TextContent);
        Assert.Equal("anomaly(wild, high)", page.Find(".rule-text textarea").GetAttribute("value"));
        Assert.Equal("anomaly(wild)", Services.GetRequiredService<RuleBook>().Rules.Find(id)!.Config.Expr);
        ((MemoryDocumentStore)Harness.Store).Failure = null;
        Assert.False(page.Find("button[type=submit]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Moments_VerdictCannotBeKept_SayWhy()
    {
        var shown = Show();
        shown.WaitForAssertion(() => Assert.NotEmpty(shown.FindAll("tbody tr")), Patience);
        _documents.Failure = new StoreUnavailableException("The database is away.");

        await shown.Find("tbody button").ClickAsync(new());

        Assert.Equal("The database is away.", shown.Find("[data-part=verdicts]").TextContent);
        Assert.Empty(_wanted);
    }

    // Each moment that nobody would have been told of, one after another: the rule moves with the first that asks for it.
    private static async Task SayYesToUntoldAsync(IRenderedComponent<RuleEditPage> page)
    {
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".anomaly-moments tbody tr")), Patience);
        var rows = page.FindAll(".anomaly-moments tbody tr").Select(static row => row.Children[4].TextContent == "no").ToList();
        Assert.Contains(true, rows);
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i]) await page.FindAll(".anomaly-moments tbody tr")[i].QuerySelectorAll("button")[0].ClickAsync(new());
        }
    }

    private async Task<(IRenderedComponent<RuleEditPage> Page, string Id)> ShowPageAsync()
    {
        var time = new ManualTime();
        var none = new MemoryPointStore();
        Services.AddSingleton(new RuleSuggester(new RulePreview(none, Catalog, new Limits(), time), Catalog, none, time));
        ComponentFactories.AddStub<RulePreviewPanel>();
        Begin();
        var (rule, faults) = await Services.GetRequiredService<RuleBook>().AddAsync(new RuleConfig { Name = "Wild", Expr = "anomaly(wild)" }, default);
        Assert.Empty(faults);
        return (Render<RuleEditPage>(parameters => parameters.Add(static one => one.Id, rule!.Id)), rule!.Id);
    }

    private IRenderedComponent<AnomalyMoments> Show(string series = "wild")
    {
        Begin();
        return Render<AnomalyMoments>(parameters => parameters
            .Add(static one => one.Rule, "rule").Add(static one => one.Series, series).Add(static one => one.Sensitivity, Sensitivity.Medium)
            .Add(static one => one.OnSensitivity, _wanted.Add));
    }

    private void Begin()
    {
        if (!Catalog.TryFind(new SeriesKey("wild"), out _))
        {
            var store = new MemoryPointStore();
            var end = TimeProvider.System.GetUtcNow().UtcTicks;
            foreach (var name in (string[])["wild", "calm"])
            {
                var random = new Random(1);
                Assert.True(Catalog.TryIntern(new SeriesKey(name), out var id));
                for (var i = 0; i < Bars; i++) store.Add(id, end - ((Bars - i) * 5 * TimeSpan.TicksPerMinute), (name == "wild" ? i switch { 3_000 or 3_001 => 40, 4_000 => -30, _ => 10 } : 10) + (name == "wild" ? random.NextDouble() : 0));
            }

            Services.AddSingleton(new StrangeMoments(store, Catalog, LocalClock.Utc));
            Services.AddSingleton(new VerdictBook(_documents));
            SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        }
    }
}
