using Bunit;
using LiveDash.Core.Collections;
using LiveDash.Core.Model;
using LiveDash.Tests.Core.Collections;
using LiveDash.Tests.Shared;
using LiveDash.Web.Components.Collections;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace LiveDash.Tests.Web.Components;

public sealed class CollectionsPanelTests : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly BunitContext _context = new();
    private readonly CollectionHarness _harness = new();

    public CollectionsPanelTests()
    {
        _context.Services.AddMudServices(static options => options.PopoverOptions.CheckForPopoverProvider = false);
        _context.JSInterop.Mode = JSRuntimeMode.Loose;
        _context.Services.AddSingleton(Visitors.Anybody);
        _context.Services.AddSingleton(_harness.Book).AddSingleton(_harness.Clients).AddSingleton(new MapSuggester(_harness.Clients, new Limits(), TimeProvider.System));
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await _harness.DisposeAsync();
    }

    [Fact]
    public async Task Connection_Added_IsKeptAndShownWithoutItsPassword()
    {
        var panel = _context.Render<CollectionsPanel>();
        await ClickAsync(panel, "Add a connection");
        await TypeAsync(panel, "Name", "mine");
        await TypeAsync(panel, "Address", "mongodb://u:geheim@127.0.0.1:1/test");

        await ClickAsync(panel, "Keep connection");

        Assert.Equal("mongodb://u:geheim@127.0.0.1:1/test", _harness.Book.Find("mine")!.Address);
        Assert.DoesNotContain("geheim", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("***@127.0.0.1:1", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_AtFault_IsToldAndNotKept()
    {
        var panel = _context.Render<CollectionsPanel>();
        await ClickAsync(panel, "Add a connection");
        await TypeAsync(panel, "Name", "mine");
        await TypeAsync(panel, "Address", "mongodb://127.0.0.1/test?timeoutMS=3");

        await ClickAsync(panel, "Keep connection");

        Assert.Contains("timeoutMS", panel.Markup, StringComparison.Ordinal);
        Assert.Null(_harness.Book.Find("mine"));
    }

    [Fact]
    public async Task Collection_Mapped_IsSuggestedShownBesideFiveDocumentsAndKept()
    {
        _harness.PutCoords(300);
        var panel = _context.Render<CollectionsPanel>();
        await ClickAsync(panel, "Map a collection");
        await TypeAsync(panel, "Collection", "coords");
        await ClickAsync(panel, "Suggest from 200 documents");
        panel.WaitForAssertion(() => Assert.Equal(5, panel.FindAll(".collections-example").Count), s_patience);
        Assert.Contains("200 documents were looked at", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("place ", panel.Find(".collections-example li").TextContent, StringComparison.Ordinal);

        await ClickAsync(panel, "Keep mapping");

        var map = Assert.Single(_harness.Book.Settings.Collections);
        Assert.Equal(("coords", "pt", "id", CollectionMode.Through), (map.Name, map.Point, map.Key, map.Mode));
        Assert.NotNull(panel.Find("tr[data-collection=coords] a[href='explore?collection=coords']"));
        await ClickAsync(panel, "Remove coords");
        Assert.Empty(_harness.Book.Settings.Collections);
    }

    [Fact]
    public void CollectionForm_OfAMap_SaysTheSame()
    {
        var map = CollectionHarness.Map("a") with
        {
            Filter = """{"x": 1}""", Time = "t", Unit = "s", Values = ["v", "w.x"], Tags = new Dictionary<string, string> { ["host"] = "h.name" }, Point = "pt", Key = "id", Mode = CollectionMode.Follow, Database = "d",
        };

        var again = CollectionForm.Of(map).ToMap();

        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(map, CollectionBook.Json), System.Text.Json.JsonSerializer.Serialize(again, CollectionBook.Json));
    }

    private static Task ClickAsync(IRenderedComponent<CollectionsPanel> panel, string text) =>
        panel.FindAll("button").First(button => button.TextContent.Trim() == text).ClickAsync(new Microsoft.AspNetCore.Components.Web.MouseEventArgs());

    private static Task TypeAsync(IRenderedComponent<CollectionsPanel> panel, string label, string value)
    {
        var id = panel.FindAll("label").First(one => one.TextContent.Trim() == label).GetAttribute("for");
        return panel.Find($"#{id}").InputAsync(new ChangeEventArgs { Value = value });
    }
}
