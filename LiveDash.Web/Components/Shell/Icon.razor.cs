using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Shell;

/// <summary>A sign as an outline in a box of 24 by 24; it takes the colour of the text and says nothing to a screen reader.</summary>
public sealed partial class Icon : ComponentBase
{
    /// <summary>To the left.</summary>
    public const string Back = "m15 6-6 6 6 6";

    /// <summary>To the right.</summary>
    public const string Forward = "m9 6 6 6-6 6";

    /// <summary>Opens downwards.</summary>
    public const string Down = "m6 9 6 6 6-6";

    /// <summary>A loupe.</summary>
    public const string Search = "M11 4.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13M16 16l4.500 4.500";

    /// <summary>A bell.</summary>
    public const string Bell = "M6 16V10.500a6 6 0 0 1 12 0V16l1.500 1.500h-15zM10 20.500a2.200 2.200 0 0 0 4 0";

    /// <summary>Three lines.</summary>
    public const string Menu = "M4 7h16M4 12h16M4 17h16";

    /// <summary>A screen on a stand.</summary>
    public const string Wall = "M4.500 4h15A1.500 1.500 0 0 1 21 5.500v9a1.500 1.500 0 0 1-1.500 1.500h-15A1.500 1.500 0 0 1 3 14.500v-9A1.500 1.500 0 0 1 4.500 4zM8 20h8M12 16v4";

    /// <summary>A keyboard.</summary>
    public const string Keyboard = "M4.500 6h15A1.500 1.500 0 0 1 21 7.500v9a1.500 1.500 0 0 1-1.500 1.500h-15A1.500 1.500 0 0 1 3 16.500v-9A1.500 1.500 0 0 1 4.500 6zM7 10v.01M11 10v.01M15 10v.01M8 14h8";

    /// <summary>A cross.</summary>
    public const string Close = "M6 6l12 12M18 6 6 18";

    /// <summary>Two strokes: held still.</summary>
    public const string Pause = "M9 6v12M15 6v12";

    /// <summary>A sign plus.</summary>
    public const string Plus = "M12 5v14M5 12h14";

    /// <summary>A pencil.</summary>
    public const string Pencil = "M4 20l1-4L16.500 4.500l3 3L8 19zM14 7l3 3";

    /// <summary>A star with five points.</summary>
    public const string Star = "m12 3.500 2.600 5.400 5.900.8-4.300 4.100 1 5.900-5.200-2.800-5.200 2.800 1-5.900-4.300-4.100 5.900-.8z";

    /// <summary>An arrow back to the left.</summary>
    public const string Undo = "M9 5 4.500 9.500 9 14M4.500 9.500h9.500a5 5 0 0 1 0 10h-3";

    /// <summary>An arrow to the right again.</summary>
    public const string Redo = "M15 5l4.500 4.500L15 14M19.500 9.500H10a5 5 0 0 0 0 10h3";

    /// <summary>A tick.</summary>
    public const string Check = "m5 12.500 4.500 4.500L19 7.500";

    /// <summary>The outline.</summary>
    [Parameter, EditorRequired]
    public string Path { get; set; } = "";

    /// <summary>More classes, such as <c>s</c> for a small one.</summary>
    [Parameter]
    public string Class { get; set; } = "";
}
