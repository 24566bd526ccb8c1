using LiveDash.Core.Live;
using LiveDash.Core.Model;
using LiveDash.Web.LiveView;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Panels.Grids;

/// <summary>
/// Located points on a grid of cells; each lights its cell as it arrives. Without <see cref="Bounds"/> a cell is one unit wide and the grid grows to
/// take in every point.
/// </summary>
public sealed partial class GridPanel : LiveComponentBase
{
    /// <summary>Which series: names or patterns.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Series { get; set; }

    /// <summary>How many cells across, 1 to 500.</summary>
    [Parameter]
    public int Width { get; set; } = 50;

    /// <summary>How many cells up, 1 to 500.</summary>
    [Parameter]
    public int Height { get; set; } = 50;

    /// <summary>What part of the plane is shown; null for all of it.</summary>
    [Parameter]
    public BoundingBox? Bounds { get; set; }

    /// <summary>How many stored points of each series to begin with.</summary>
    [Parameter]
    public int History { get; set; } = 20_000;

    /// <inheritdoc/>
    protected override string Kind => "located";

    /// <inheritdoc/>
    protected override object Shown => (string.Join('\n', Series), History);

    /// <inheritdoc/>
    protected override object ScriptOptions => new
    {
        width = Math.Clamp(Width, 1, 500),
        height = Math.Clamp(Height, 1, 500),
        bounds = Bounds is { } b ? new[] { b.MinX, b.MinY, b.MaxX, b.MaxY } : null,
    };

    /// <summary>Opens the cells and their points as a table, or closes it.</summary>
    public Task ToggleValuesAsync() => TellAsync("toggleValues");

    private string Label => $"Grid of the located points of {string.Join(", ", Series)}";

    /// <inheritdoc/>
    protected override LivePanel CreatePanel(int columns)
    {
        var patterns = Series.Select(static text => SeriesPattern.TryParse(text, out var pattern) ? pattern : null).OfType<SeriesPattern>().ToList();
        return new GridPanelFeed(Scope.Engine, Scope.Catalog, patterns, Math.Clamp(History, 0, 65_536));
    }
}
