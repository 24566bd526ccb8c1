using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LiveDash.Web.Components.Controls;

/// <summary>
/// A MudDialog as the product draws it: a heading, content, buttons. Focus and Escape are js/dialogs.js's, since MudDialog asks the server for both.
/// Open one by <c>IDialogService.ShowAsync</c> with <see cref="Options"/>.
/// </summary>
public sealed partial class AppDialog : ComponentBase
{
    /// <summary>For a short question or a few fields.</summary>
    public static DialogOptions Options { get; } = Of(MaxWidth.Small);

    /// <summary>For long texts and many fields.</summary>
    public static DialogOptions Wide { get; } = Of(MaxWidth.Medium);

    /// <summary>What it is called.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>More classes.</summary>
    [Parameter]
    public string Class { get; set; } = "";

    /// <summary>What it asks or shows.</summary>
    [Parameter, EditorRequired]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>Its buttons, the one that does it last.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }

    private static DialogOptions Of(MaxWidth width) => new() { MaxWidth = width, FullWidth = true, CloseButton = true, CloseOnEscapeKey = false, DefaultFocus = DefaultFocus.None, BackdropClick = false };
}
