using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Controls;

/// <summary>A button that opens a list of buttons and links; js/shell.js closes it on a choice, on Escape and on a click elsewhere.</summary>
public sealed partial class DropDown : ComponentBase
{
    /// <summary>What the button is called where it shows no words; null for its own content.</summary>
    [Parameter]
    public string? Label { get; set; }

    /// <summary>More classes of the whole.</summary>
    [Parameter]
    public string Class { get; set; } = "";

    /// <summary>More classes of the button.</summary>
    [Parameter]
    public string ButtonClass { get; set; } = "";

    /// <summary>The role without which it is not offered, in lower case; null for everybody.</summary>
    [Parameter]
    public string? Needs { get; set; }

    /// <summary>What the button shows.</summary>
    [Parameter, EditorRequired]
    public RenderFragment? Button { get; set; }

    /// <summary>The list: buttons and links, one under another.</summary>
    [Parameter, EditorRequired]
    public RenderFragment? ChildContent { get; set; }
}
