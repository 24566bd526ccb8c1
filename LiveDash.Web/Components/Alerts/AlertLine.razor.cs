using LiveDash.Core.Alerts;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Alerts;

/// <summary>One alert in the list, with its episode under it while it is open.</summary>
public sealed partial class AlertLine : ComponentBase
{
    private ElementReference _opener;

    /// <summary>What it shows.</summary>
    [Parameter, EditorRequired]
    public required AlertListItem Item { get; set; }

    /// <summary>Its small line; null for none.</summary>
    [Parameter]
    public AlertSpark? Spark { get; set; }

    /// <summary>True while it is among the chosen.</summary>
    [Parameter]
    public bool IsChosen { get; set; }

    /// <summary>True while its episode is shown.</summary>
    [Parameter]
    public bool IsOpen { get; set; }

    /// <summary>Chosen, or not any more.</summary>
    [Parameter]
    public EventCallback<bool> OnChosen { get; set; }

    /// <summary>Its episode is to be shown, or hidden.</summary>
    [Parameter]
    public EventCallback OnToggle { get; set; }

    /// <summary>To be acknowledged.</summary>
    [Parameter]
    public EventCallback OnAcknowledge { get; set; }

    /// <summary>Its acknowledgement is to be taken back.</summary>
    [Parameter]
    public EventCallback OnTakeBack { get; set; }

    /// <summary>To be silenced.</summary>
    [Parameter]
    public EventCallback<SilenceChoice> OnSilence { get; set; }

    // What was pressed goes with the panel: the focus goes back to what opened it.
    private async Task CloseAsync()
    {
        await OnToggle.InvokeAsync();
        try
        {
            await _opener.FocusAsync();
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException)
        {
            // The line went meanwhile, or the page: there is nothing to go back to.
        }
    }
}
