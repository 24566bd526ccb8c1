using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Controls;

/// <summary>What is wrong with a text, a line a fault; nothing where all is well.</summary>
public sealed partial class FaultList : ComponentBase
{
    /// <summary>The faults, each with its place.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Faults { get; set; }
}
