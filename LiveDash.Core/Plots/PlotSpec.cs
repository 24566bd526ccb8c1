using LiveDash.Core.Model;

namespace LiveDash.Core.Plots;

/// <summary>
/// How a plot looks; which points it shows comes apart from it. Immutable. The reader of requests checks the bounds named here.
/// </summary>
public sealed record PlotSpec
{
    /// <summary>What is drawn. Default a line.</summary>
    public PlotKind Kind { get; init; }

    /// <summary>Width in CSS pixels, 40 to 10,000. Default 800.</summary>
    public int Width { get; init; } = 800;

    /// <summary>Height in CSS pixels, 20 to 10,000. Default 450.</summary>
    public int Height { get; init; } = 450;

    /// <summary>Device pixels an inch, 48 to 600; 96 gives one pixel to a CSS pixel. Only PNG has them. Default 96.</summary>
    public int Dpi { get; init; } = 96;

    /// <summary>The file's format. Default PNG.</summary>
    public PlotFormat Format { get; init; }

    /// <summary>The colours. Default light.</summary>
    public PlotTheme Theme { get; init; } = PlotTheme.Light;

    /// <summary>The title; null to name the series, empty for none. At most 200 characters.</summary>
    public string? Title { get; init; }

    /// <summary>What the horizontal axis shows; null for what the kind says.</summary>
    public string? XLabel { get; init; }

    /// <summary>What the vertical axis shows, such as a unit; null for what the kind says.</summary>
    public string? YLabel { get; init; }

    /// <summary>The unit of the values, for labels that the request leaves to the kind; not part of a request. Null for none or several.</summary>
    public string? Unit { get; init; }

    /// <summary>Values on a logarithmic scale; what is not above zero is left out and counted.</summary>
    public bool Log { get; init; }

    /// <summary>What a bucket, bar or cell shows. Default the mean.</summary>
    public PlotAggregate Aggregate { get; init; }

    /// <summary>The width of a bucket of a line or correlation; null for none (every point counts).</summary>
    public TimeSpan? Bucket { get; init; }

    /// <summary>The tag that <see cref="PlotKind.Box"/> and <see cref="PlotKind.BarTag"/> group by; null for the one with most values.</summary>
    public string? By { get; init; }

    /// <summary>Cells or bars along an axis, 2 to 500; null for what the data suggest.</summary>
    public int? Bins { get; init; }

    /// <summary>The zone that hours, days and tick labels are told in. Default UTC.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Device pixels a CSS pixel, of the PNG.</summary>
    public double Scale => Dpi / 96.0;

    /// <summary>Device pixels in all; at most <see cref="Limits.MaxPlotPixels"/>.</summary>
    public long Pixels => (long)Math.Round(Width * Scale) * (long)Math.Round(Height * Scale);
}
