using LiveDash.Core.Jobs.Schedules;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>Chooses a scheduled plot by its name.</summary>
public sealed partial class PlotPicker : ComponentBase
{
    private readonly string _id = "plot-" + Guid.NewGuid().ToString("N")[..8];

    /// <summary>The chosen name; empty for none.</summary>
    [Parameter, EditorRequired]
    public string Value { get; set; } = "";

    /// <summary>Another one was chosen.</summary>
    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    /// <summary>What is wrong with the choice, or null.</summary>
    [Parameter]
    public string? Error { get; set; }

    [Inject]
    private PlotBook Book { get; set; } = default!;

    // A name that is gone stays to be seen.
    private IEnumerable<string> Names => Book.All.Select(static plot => plot.Definition.Name).Union(Value.Length > 0 ? [Value] : []);
}
