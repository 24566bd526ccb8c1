using LiveDash.Core.Jobs.Schedules;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Reports;

/// <summary>One scheduled plot: its newest image, when it is drawn next, and what one can do with it.</summary>
public sealed partial class ScheduledPlotCard : ComponentBase
{
    /// <summary>The plot.</summary>
    [Parameter, EditorRequired]
    public required PlotState Plot { get; set; }

    /// <summary>Somebody wants it drawn now.</summary>
    [Parameter]
    public EventCallback<PlotState> OnRun { get; set; }

    /// <summary>Somebody wants its schedule to stand still, or to go on.</summary>
    [Parameter]
    public EventCallback<PlotState> OnPause { get; set; }

    /// <summary>Somebody wants to change it.</summary>
    [Parameter]
    public EventCallback<PlotState> OnChange { get; set; }

    /// <summary>Somebody wants it gone.</summary>
    [Parameter]
    public EventCallback<PlotState> OnDelete { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Address => $"api/plots/{Plot.Definition.Name}/latest.png";
}
