using LiveDash.Core.Jobs.Schedules;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Panels.Images;

/// <summary>The newest image of a scheduled plot; a newer one takes its place as soon as it is drawn.</summary>
public sealed partial class ImagePanel : ComponentBase, IDisposable
{
    private PlotState? _plot;
    private bool _closed;

    /// <summary>The plot's name.</summary>
    [Parameter, EditorRequired]
    public required string Plot { get; set; }

    [Inject]
    private PlotBook Book { get; set; } = default!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed = true;
        Book.Changed -= OnChanged;
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Book.Changed += OnChanged;

    /// <inheritdoc/>
    protected override void OnParametersSet() => _plot = Book.Find(Plot);

    private void OnChanged() => _ = InvokeAsync(() =>
    {
        var plot = Book.Find(Plot);
        if (_closed || ReferenceEquals(plot, _plot)) return;
        _plot = plot;
        StateHasChanged();
    });
}
