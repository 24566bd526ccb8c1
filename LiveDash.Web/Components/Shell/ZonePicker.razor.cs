using LiveDash.Web.Components.Controls;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace LiveDash.Web.Components.Shell;

/// <summary>
/// The time zone of everything on screen, in the app bar. The browser keeps the choice (js/zone.js); an address with <c>?tz=</c> wins for its own tab,
/// and a choice made here is written into the address, so that who is sent it sees the same times.
/// </summary>
public sealed partial class ZonePicker : ComponentBase, IAsyncDisposable
{
    private DotNetObjectReference<ZonePicker>? _self;
    private IJSObjectReference? _module;

    [Inject]
    private ViewZone Zone { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    /// <summary>The browser's zone, and what was chosen in it, now or in another tab; called by the script.</summary>
    [JSInvokable]
    public void Told(string choice, string browser)
    {
        Zone.TryChoose(choice);
        Zone.TellBrowser(browser);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Zone.Changed -= OnChanged;
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
    protected override void OnInitialized() => Zone.Changed += OnChanged;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Script.InvokeAsync<IJSObjectReference>("import", "./js/zone-link.js");
            await _module.InvokeVoidAsync("attach", _self);
        }
        catch (JSDisconnectedException)
        {
            // The page was closed while it opened.
        }
    }

    private async Task OpenAsync()
    {
        var dialog = await Dialogs.ShowAsync<ZoneDialog>("Time zone", AppDialog.Options);
        if (await dialog.Result is { Canceled: false, Data: string zone }) await ChooseAsync(zone);
    }

    private async Task ChooseAsync(string choice)
    {
        if (!Zone.TryChoose(choice)) return;
        await Script.InvokeVoidAsync("liveDash.chooseZone", choice);
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("tz", choice == ViewZone.OfBrowser ? null : choice), replace: true);
    }

    private void OnChanged() => _ = InvokeAsync(StateHasChanged);
}
