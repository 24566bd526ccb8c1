using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>What is done with a dashboard as a whole, behind its name in the app bar; on a phone the list beside the name offers the same.</summary>
public sealed partial class DashboardTools : ComponentBase
{
    /// <summary>True while panels are moved and sized.</summary>
    [Parameter]
    public bool IsEditing { get; set; }

    /// <summary>False while there is nothing to edit.</summary>
    [Parameter]
    public bool HasPanels { get; set; }

    /// <summary>True where this browser keeps a star at it.</summary>
    [Parameter]
    public bool IsStarred { get; set; }

    /// <summary>What undo would take back; null for nothing.</summary>
    [Parameter]
    public string? UndoText { get; set; }

    /// <summary>What redo would do again; null for nothing.</summary>
    [Parameter]
    public string? RedoText { get; set; }

    /// <summary>Undo (true) or redo was asked for.</summary>
    [Parameter]
    public EventCallback<bool> OnUndo { get; set; }

    /// <summary>A star was given or taken away.</summary>
    [Parameter]
    public EventCallback<bool> OnStar { get; set; }

    /// <summary>Editing begins or ends.</summary>
    [Parameter]
    public EventCallback<bool> OnEdit { get; set; }

    /// <summary>Another panel was asked for.</summary>
    [Parameter]
    public EventCallback OnAdd { get; set; }
}
