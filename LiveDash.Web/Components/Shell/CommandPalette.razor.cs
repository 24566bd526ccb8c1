using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Web.Components.Controls;
using LiveDash.Web.Security.Access;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace LiveDash.Web.Components.Shell;

/// <summary>
/// Finds pages, dashboards, series, rules and things to do, by keyboard alone: Ctrl+K. It is the browser's own dialog and stands in the page from the
/// start, so that it opens without asking the server and no letter typed after Ctrl+K is lost; js/palette.js owns the field and the chosen line.
/// </summary>
public sealed partial class CommandPalette : ComponentBase, IAsyncDisposable
{
    private const string SeriesKind = "Series";
    private ElementReference _element;
    private DotNetObjectReference<CommandPalette>? _self;
    private IJSObjectReference? _module;
    private IReadOnlyList<PaletteItem> _found = [];
    private string _text = "";

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private VisibleDashboards Dashboards { get; set; } = default!;

    [Inject]
    private RuleBook Rules { get; set; } = default!;

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    [Inject]
    private ViewTime Time { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    /// <summary>Searches; called by the script a moment after the last key.</summary>
    [JSInvokable]
    public async Task Search(string text)
    {
        // Where no dashboard was opened yet nobody has read them.
        await Dashboards.LoadAsync(CancellationToken.None);
        _text = text;
        var series = text.Trim().Length == 0 ? [] : SeriesSearch.Find(Catalog, text).Shown.Take(PaletteSearch.MaxOfKind);
        _found = [.. PaletteSearch.Find(Known(), text), .. series.Select(static key => new PaletteItem(SeriesKind, key.ToString(), "", $"series?show={Uri.EscapeDataString(key.ToString())}"))];
        StateHasChanged();
    }

    /// <summary>Does what the script cannot do alone.</summary>
    [JSInvokable]
    public async Task Run(string action)
    {
        switch (action)
        {
            case "shortcuts":
                await Dialogs.ShowAsync<ShortcutsDialog>("Shortcuts", AppDialog.Options);
                break;
            case "pause":
                Time.Pause(!Time.IsPaused);
                break;
            case "live":
                Time.BackToLive();
                break;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
        {
            try
            {
                await _module.InvokeVoidAsync("detach");
                await _module.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The page is gone, and the script with it.
            }
        }

        _self?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Script.InvokeAsync<IJSObjectReference>("import", "./js/palette.js");
            await _module.InvokeVoidAsync("attach", _self, _element);
        }
        catch (JSDisconnectedException)
        {
            // The page was closed while it opened.
        }
    }

    private IEnumerable<PaletteItem> Known() =>
    [
        .. NavPage.For(Visitor).Select(static page => new PaletteItem("Pages", page.Text, page.Group, page.Address)),
        new("Pages", "Grid", NavPage.Observe, "grid"),
        .. Dashboards.All.Select(static one => new PaletteItem("Dashboards", one.Name, "", $"d/{one.Id}")),
        .. Rules.Rules.Rules.Select(static rule => new PaletteItem("Rules", rule.Config.Name, SeverityWords.Word(rule.Severity), $"rules/edit/{rule.Id}")),
        new("Do", "New rule", "", "rules/new"),
        new("Do", Time.IsPaused ? "Go on, live" : "Pause what is live", "", null, "pause"),
        new("Do", "Back to live", "", null, "live"),
        new("Do", "Light or dark", "", null, "theme"),
        new("Do", "Show or hide the rail", "[", null, "rail"),
        new("Do", "Wall mode", "", null, "wall"),
        new("Do", "All shortcuts", "?", null, "shortcuts"),
    ];
}
