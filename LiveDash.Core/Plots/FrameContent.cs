using LiveDash.Core.Plots.Axes;

namespace LiveDash.Core.Plots;

/// <summary>What stands around a plot's drawing. Immutable.</summary>
internal sealed record FrameContent
{
    /// <summary>The title; empty for none.</summary>
    public string Title { get; init; } = "";

    /// <summary>The horizontal axis.</summary>
    public required Axis X { get; init; }

    /// <summary>The vertical axis.</summary>
    public required Axis Y { get; init; }

    /// <summary>What the horizontal axis shows.</summary>
    public string? XLabel { get; init; }

    /// <summary>What the vertical axis shows.</summary>
    public string? YLabel { get; init; }

    /// <summary>The legend; none is drawn for fewer than two.</summary>
    public IReadOnlyList<LegendItem> Legend { get; init; } = [];

    /// <summary>The colours of cells, or null.</summary>
    public ColorScale? Colors { get; init; }

    /// <summary>A remark at the foot, such as what was left out.</summary>
    public string? Remark { get; init; }

    /// <summary>Both axes have the same scale, as on a map.</summary>
    public bool SameScale { get; init; }

    /// <summary>No grid lines, as under a heatmap.</summary>
    public bool NoGrid { get; init; }

    /// <summary>The first name of a category axis stands on top.</summary>
    public bool FlipY { get; init; }
}
