using LiveDash.Core.Model;
using LiveDash.Core.Plots;

namespace LiveDash.Core.Jobs;

/// <summary>All that a worker must know to draw a plot, so that it needs the points and nothing else of the server. Immutable.</summary>
internal sealed record PlotPlan
{
    /// <summary>How it looks.</summary>
    public required PlotSpec Spec { get; init; }

    /// <summary>The series, in the order of the legend.</summary>
    public required IReadOnlyList<PlotSeries> Series { get; init; }

    /// <summary>Which points are read.</summary>
    public required TimeRange Range { get; init; }

    /// <summary>The times that the axis shows: the range, or what the data fill of it.</summary>
    public required TimeRange Axis { get; init; }

    /// <summary>About how many points there are, for the progress; at least 1.</summary>
    public required long Expected { get; init; }

    /// <summary>How many points may be read.</summary>
    public required long MostPoints { get; init; }

    /// <summary>Names request and data; equal ones have equal images.</summary>
    public required string Fingerprint { get; init; }
}
