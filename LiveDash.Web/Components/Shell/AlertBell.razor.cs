using LiveDash.Web.Components.Alerts;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Shell;

/// <summary>How many alerts are open, in the app bar; leads to their list.</summary>
public sealed partial class AlertBell : ComponentBase, IDisposable
{
    [Inject]
    private AlertGlance Glance { get; set; } = default!;

    private string Label => Glance.View.Open switch
    {
        0 => "No open alert",
        1 => "1 open alert",
        var open => $"{open:N0} open alerts",
    };

    /// <inheritdoc/>
    public void Dispose() => Glance.Changed -= OnChanged;

    /// <inheritdoc/>
    protected override void OnInitialized() => Glance.Changed += OnChanged;

    private void OnChanged() => _ = InvokeAsync(StateHasChanged);
}
