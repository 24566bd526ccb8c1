using LiveDash.Core.Rules;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Alerts;

/// <summary>A rule's text, with what is wrong under it and a caret at the place; what it says in words where it is right.</summary>
public sealed partial class RuleTextField : ComponentBase
{
    private readonly string _id = "rule-text-" + Guid.NewGuid().ToString("N")[..8];

    /// <summary>The text.</summary>
    [Parameter, EditorRequired]
    public string Value { get; set; } = "";

    /// <summary>Raised with each key.</summary>
    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    /// <summary>What is wrong; the caret stands at the first.</summary>
    [Parameter]
    public IReadOnlyList<RuleFault> Faults { get; set; } = [];

    /// <summary>What it says in words.</summary>
    [Parameter]
    public string? Hint { get; set; }

    private static string Words(RuleFault fault) => fault.Detail + (fault.Position is { } place ? $" (character {place + 1})" : null);
}
