using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Accounts;

/// <summary>Shows recovery codes, the one time that they are there to be shown.</summary>
public sealed partial class RecoveryCodes : ComponentBase
{
    /// <summary>The codes.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<string> Codes { get; set; } = [];

    /// <summary>Where it goes on.</summary>
    [Parameter, EditorRequired]
    public string Next { get; set; } = "";
}
