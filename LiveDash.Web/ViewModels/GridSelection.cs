namespace LiveDash.Web.ViewModels;

/// <summary>What the grid page shows, as the browser's script takes it. Immutable.</summary>
/// <param name="First">Where the stored points come from.</param>
/// <param name="Next">Where those come from that arrive later; the script adds the id they arrive after. Null where nothing does.</param>
/// <param name="Width">Cells side by side.</param>
/// <param name="Height">Cells one above another.</param>
/// <param name="Bounds">minX, minY, maxX, maxY; null for a grid that takes in every point.</param>
/// <param name="ByValue">Coloured by the mean value of each cell, else by the number of its points.</param>
public sealed record GridSelection(string First, string? Next, int Width, int Height, double[]? Bounds, bool ByValue)
{
    /// <summary>A colour scale; null for the theme's own.</summary>
    public IReadOnlyList<string>? Stops { get; init; }

    /// <summary>What the colours mean.</summary>
    public string Label { get; init; } = "";

    /// <summary>The most cells in a row or column.</summary>
    public const int MostCells = 500;

    // Every place there is: points without one have no cell.
    private const string Anywhere = "&bbox=-1e308,-1e308,1e308,1e308";

    /// <summary>Makes a selection. The points of <c>coords</c> come by <c>GET /get_points</c> where their values are not needed.</summary>
    public static GridSelection Make(string series, int width, int height, bool byValue)
    {
        var next = $"api/points?series={Uri.EscapeDataString(series)}&fields=id,t,value,pt{Anywhere}";
        return new(series == "coords" && !byValue ? "get_points" : next, next, Math.Clamp(width, 1, MostCells), Math.Clamp(height, 1, MostCells), null, byValue);
    }

    /// <summary>The points of a mapped collection, which is read once: what its server gets later has no number here to come after.</summary>
    public static GridSelection OfCollection(string name, int width, int height, bool byValue) => new(
        $"api/points?collection={Uri.EscapeDataString(name)}&fields=id,t,value,pt{Anywhere}", null, Math.Clamp(width, 1, MostCells), Math.Clamp(height, 1, MostCells), null, byValue);
}
