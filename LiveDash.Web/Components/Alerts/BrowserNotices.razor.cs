using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Alerts;

/// <summary>What this browser does when an alert fires: sound and notification, both off until somebody turns them on; kept in the browser.</summary>
public sealed partial class BrowserNotices : ComponentBase, IAsyncDisposable
{
    private BrowserNoticeSettings _settings = new(false, false, "default");
    private IJSObjectReference? _module;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    private string Note => _settings.Permission switch
    {
        "denied" => "Notifications are refused in this browser's settings for this address.",
        "unavailable" => "Browsers allow notifications on https and on localhost only.",
        _ => "Kept in this browser alone; other people choose for themselves.",
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_module is null) return;
        try
        {
            await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and the script with it.
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            _module = await Script.InvokeAsync<IJSObjectReference>("import", "./js/alerts.js");
            _settings = await _module.InvokeAsync<BrowserNoticeSettings?>("settings") ?? _settings;
            StateHasChanged();
        }
        catch (JSDisconnectedException)
        {
            // The page was closed while it opened.
        }
    }

    private async Task SetAsync(string which, ChangeEventArgs change) =>
        _settings = await _module!.InvokeAsync<BrowserNoticeSettings?>("set" + which, change.Value is true) ?? _settings;
}
