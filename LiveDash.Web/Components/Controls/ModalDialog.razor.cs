using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Controls;

/// <summary>
/// A modal dialog by the browser's own <c>&lt;dialog&gt;</c>, which keeps the focus inside, closes on Escape and gives the focus back. It is open as long as
/// it is rendered: the owner takes it away when <see cref="OnClose"/> is raised.
/// </summary>
public sealed partial class ModalDialog : ComponentBase
{
    private readonly string _titleId = "dialog-" + Guid.NewGuid().ToString("N")[..8];
    private ElementReference _element;

    /// <summary>What it is called.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>More classes, such as <c>wide</c>.</summary>
    [Parameter]
    public string Class { get; set; } = "";

    /// <summary>Its body and foot: <c>.dialog-body</c> and <c>.dialog-foot</c>.</summary>
    [Parameter, EditorRequired]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>Somebody wants it closed.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            await Script.InvokeVoidAsync("liveDash.showModal", _element);
        }
        catch (JSDisconnectedException)
        {
            // The page is gone; so is the dialog.
        }
    }
}
