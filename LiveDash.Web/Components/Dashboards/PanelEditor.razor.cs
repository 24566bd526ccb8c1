using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>
/// Edits a panel in a drawer at the right, with a live preview of what is edited. It is open as long as it is rendered. Every edit is one step that can be
/// undone and redone; nothing is kept before Save.
/// </summary>
public sealed partial class PanelEditor : ComponentBase
{
    private PanelEdit _edit = default!;
    private bool _tried;

    /// <summary>What is edited.</summary>
    [Parameter, EditorRequired]
    public required PanelEdit Edit { get; set; }

    /// <summary>The stretch of time the preview shows.</summary>
    [Parameter, EditorRequired]
    public required ViewRange Range { get; set; }

    /// <summary>The valid panel, to be kept.</summary>
    [Parameter, EditorRequired]
    public EventCallback<DashboardPanel> OnSave { get; set; }

    /// <summary>Closed without a change.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    private DashboardPanel Panel => _edit.Panel;

    /// <inheritdoc/>
    protected override void OnParametersSet() => _edit = Edit;

    private void Touched() => StateHasChanged();

    private void Undo() => _edit.Undo();

    private void Redo() => _edit.Redo();

    private Task CloseAsync(bool open) => open ? Task.CompletedTask : OnClose.InvokeAsync();

    private async Task SaveAsync(bool asNew)
    {
        _tried = true;
        if (!_edit.IsValid) return;
        var panel = _edit.ToPanel();
        await OnSave.InvokeAsync(asNew ? panel with { Id = Guid.NewGuid().ToString("N")[..12] } : panel);
    }
}
