using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Controls;

/// <summary>A MudMenu as the product draws it: a button with words and an arrow, or with a sign alone, that opens a list of MudMenuItems. Enter and Escape are its own, arrows, Home, End and letters js/dialogs.js's.</summary>
public sealed partial class AppMenu : ComponentBase
{
    /// <summary>The words of the button; null where it shows a sign alone.</summary>
    [Parameter]
    public string? Text { get; set; }

    /// <summary>What the button is called, where its words do not say it.</summary>
    [Parameter]
    public string? Label { get; set; }

    /// <summary>The outline of its sign in a box of 24 by 24; null for words and an arrow.</summary>
    [Parameter]
    public string? Sign { get; set; }

    /// <summary>More classes.</summary>
    [Parameter]
    public string Class { get; set; } = "";

    /// <summary>True where the list ends where the button ends.</summary>
    [Parameter]
    public bool End { get; set; }

    /// <summary>True while it cannot be opened.</summary>
    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>The role without which it is not offered, in lower case; null for everybody.</summary>
    [Parameter]
    public string? Needs { get; set; }

    /// <summary>The items.</summary>
    [Parameter, EditorRequired]
    public RenderFragment? ChildContent { get; set; }

    private static string Draw(string path) =>
        $"<path d=\"{path}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.8\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/>";
}
