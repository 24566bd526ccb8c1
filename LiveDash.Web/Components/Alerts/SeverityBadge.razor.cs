using LiveDash.Core.Rules;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Alerts;

/// <summary>A severity as a shape and a word.</summary>
public sealed partial class SeverityBadge : ComponentBase
{
    /// <summary>Which.</summary>
    [Parameter, EditorRequired]
    public Severity Severity { get; set; }
}
