using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>Every series with its newest value and a sparkline.</summary>
public sealed partial class SeriesPage : ComponentBase, IDisposable
{
    [Inject]
    private ViewTime Time { get; set; } = default!;

    /// <inheritdoc/>
    public void Dispose() => Time.Changed -= OnChanged;

    /// <inheritdoc/>
    protected override void OnInitialized() => Time.Changed += OnChanged;

    private void OnChanged() => _ = InvokeAsync(StateHasChanged);
}
