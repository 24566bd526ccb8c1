using LiveDash.Core.Windows;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Settings;

/// <summary>What a kind of window counts, as a small drawing: points on a line, and the stretch that counts now darker than those before it.</summary>
public sealed partial class WindowSketch : ComponentBase
{
    private static readonly int[] s_dots = [5, 13, 19, 28, 36, 43, 53, 61, 70, 77, 95, 101, 108, 116, 123, 131, 138];

    private static readonly Dictionary<WindowKind, (int X, int Y, int Width, int Height, string Weight)[]> s_boxes = new()
    {
        [WindowKind.Count] = [(74, 2, 66, 18, "0.3")],
        [WindowKind.Time] = [(84, 2, 56, 18, "0.3")],
        [WindowKind.Tumbling] = [(0, 2, 45, 18, "0.14"), (47, 2, 45, 18, "0.14"), (94, 2, 46, 18, "0.3")],
        [WindowKind.Hopping] = [(28, 1, 70, 6, "0.14"), (49, 6, 70, 6, "0.2"), (70, 11, 70, 6, "0.34")],
        [WindowKind.Session] = [(0, 2, 81, 18, "0.14"), (91, 2, 49, 18, "0.3")],
    };

    /// <summary>Which kind.</summary>
    [Parameter, EditorRequired]
    public WindowKind Kind { get; set; }
}
