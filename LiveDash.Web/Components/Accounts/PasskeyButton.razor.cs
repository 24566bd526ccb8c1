using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Accounts;

/// <summary>In a form of a page without a circuit, the button that has the browser show or make a passkey and then sends the form (js/passkeys.js).</summary>
public sealed partial class PasskeyButton : ComponentBase
{
    /// <summary>Where it is asked what to sign, relative to the page's base.</summary>
    [Parameter, EditorRequired]
    public string Ask { get; set; } = "";

    /// <summary>True where one is made; false where one is shown.</summary>
    [Parameter]
    public bool Makes { get; set; }

    /// <summary>What stands on it.</summary>
    [Parameter, EditorRequired]
    public RenderFragment? ChildContent { get; set; }
}
