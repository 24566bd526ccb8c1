using System.Globalization;

namespace LiveDash.Web.ViewModels;

/// <summary>How explored points are looked at, as the address names it and the browser's script tells it. Immutable.</summary>
/// <param name="Plot">By which axes: <c>auto</c>, <c>map</c> or <c>time</c>.</param>
/// <param name="View">The visible part, minX, maxX, minY, maxY; null for all.</param>
/// <param name="Shape">The shape as an address names it (<c>js/shape-text.js</c>); empty for none, or for one that no address holds.</param>
public sealed record ExploreLook(string Plot, double[]? View, string Shape)
{
    /// <summary>All points, by location where they have one.</summary>
    public static ExploreLook All { get; } = new("auto", null, "");

    /// <summary>Reads an address's parameters; what is not understood is left out.</summary>
    public static ExploreLook Parse(string? plot, string? view, string? shape) => new(plot is "map" or "time" ? plot : "auto", Numbers(view), shape ?? "");

    /// <summary>The parameters for an address; null for those to leave out.</summary>
    public IReadOnlyDictionary<string, object?> ToQuery() => new Dictionary<string, object?>
    {
        ["plot"] = Plot == "auto" ? null : Plot,
        ["view"] = View is null ? null : string.Join(',', View.Select(static v => v.ToString("R", CultureInfo.InvariantCulture))),
        ["shape"] = Shape.Length == 0 ? null : Shape,
    };

    private static double[]? Numbers(string? text)
    {
        if (text is null) return null;
        var parts = text.Split(',');
        var numbers = new double[4];
        for (var i = 0; i < parts.Length && parts.Length == 4; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i])) return null;
        }

        return parts.Length == 4 && numbers[0] < numbers[1] && numbers[2] < numbers[3] ? numbers : null;
    }
}
