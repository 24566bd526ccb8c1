using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Alerts;

/// <summary>All alerts that need somebody, beside the page; opened from the strip. Escape (js/dialogs.js) and a click beside it close it.</summary>
public sealed partial class AlertDrawer : ComponentBase, IDisposable
{
    /// <summary>A row is to be hidden in this browser.</summary>
    [Parameter, EditorRequired]
    public EventCallback<AlertStripRow> OnDismiss { get; set; }

    [Inject]
    private AlertGlance Glance { get; set; } = default!;

    [Inject]
    private AlertDesk Desk { get; set; } = default!;

    /// <inheritdoc/>
    public void Dispose() => Glance.Changed -= OnChanged;

    /// <inheritdoc/>
    protected override void OnInitialized() => Glance.Changed += OnChanged;

    private void Close() => Glance.Open(false);

    private void OnChanged() => _ = InvokeAsync(StateHasChanged);
}
