using LiveDash.Core.Rules.Files;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Alerts;

/// <summary>What is wrong in a file of rules or of their tests, a line each.</summary>
public sealed partial class RuleFileFaults : ComponentBase
{
    /// <summary>How many are listed at most.</summary>
    public const int Most = 100;

    /// <summary>The faults; at least one.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<RuleFileFault> Faults { get; set; } = [];
}
