using LiveDash.Core.Plots;

namespace LiveDash.Core.Jobs;

/// <summary>A plot as somebody asked for it: well formed, but not yet held against the clock and the catalog. Immutable.</summary>
public sealed record JobRequest
{
    /// <summary>How the plot looks.</summary>
    public PlotSpec Plot { get; init; } = new();

    /// <summary>Series or patterns; empty for the eight series with most points in the range. At most 100.</summary>
    public IReadOnlyList<string> Series { get; init; } = [];

    /// <summary>Where the range begins, as written: a year, date, date-time, epoch milliseconds or relative time.</summary>
    public required string Start { get; init; }

    /// <summary>Where the range ends, as written; a year, month or date is included whole.</summary>
    public required string End { get; init; }

    /// <summary>Which go first. Default normal.</summary>
    public JobPriority Priority { get; init; } = JobPriority.Normal;

    /// <summary>How long after its submission the job is still wanted, 1 s to 7 days; null for as long as it takes.</summary>
    public TimeSpan? Deadline { get; init; }
}
