using LiveDash.Core.Windows;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Panels.Stats;

/// <summary>What one can make of a number: a rule that watches it, its points as a file.</summary>
public sealed partial class StatMenu : ComponentBase
{
    /// <summary>Which series: its name, or a pattern.</summary>
    [Parameter, EditorRequired]
    public required string Series { get; set; }

    /// <summary>The window, as a text; null for the settings' own.</summary>
    [Parameter]
    public string? Window { get; set; }

    /// <summary>The aggregate, as a text; null for the newest value.</summary>
    [Parameter]
    public string? Aggregate { get; set; }

    /// <summary>How far back its points go.</summary>
    [Parameter]
    public TimeSpan Span { get; set; }

    private string PointsAddress(string format) => $"/api/points?series={Uri.EscapeDataString(Series)}&from={Uri.EscapeDataString("now-" + DurationText.Format(Span))}&format={format}";
}
