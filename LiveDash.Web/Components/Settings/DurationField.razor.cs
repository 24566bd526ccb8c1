using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Settings;

/// <summary>A number with its unit, or a number of points.</summary>
public sealed partial class DurationField : ComponentBase
{
    private readonly string _id = "duration-" + Guid.NewGuid().ToString("N")[..8];

    /// <summary>What is asked for.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The number as typed.</summary>
    [Parameter, EditorRequired]
    public string Number { get; set; } = "";

    /// <summary>Its unit, one of <see cref="ViewModels.WindowForm.Units"/>.</summary>
    [Parameter]
    public string Unit { get; set; } = "s";

    /// <summary>True where points are counted and there is no unit to choose.</summary>
    [Parameter]
    public bool IsCount { get; set; }

    /// <summary>What stands in the empty field.</summary>
    [Parameter]
    public string? Placeholder { get; set; }

    /// <summary>What to know about it.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>What is wrong, or null.</summary>
    [Parameter]
    public string? Error { get; set; }

    /// <summary>Another number or unit.</summary>
    [Parameter, EditorRequired]
    public EventCallback<(string Number, string Unit)> OnChanged { get; set; }
}
