namespace LiveDash.Core.Engine;

/// <summary>What is leased of one series. Owned by the series' shard; dropped with the last lease.</summary>
internal sealed class SeriesState(int series)
{
    public int Series { get; } = series;

    /// <summary>Its points for windows, once for each lateness that somebody asked for: nearly always one. Bounded by the leases.</summary>
    public List<SeriesLog> Logs { get; } = [];

    /// <summary>Its charts: one for each column width. Bounded by the leases.</summary>
    public List<ChartCell> Charts { get; } = [];

    /// <summary>Its located points, while somebody looks at them.</summary>
    public LocatedCell? Located { get; set; }

    /// <summary>Its anomaly detector, while somebody needs it.</summary>
    public DetectorCell? Detector { get; set; }

    /// <summary>Where it stands among the active.</summary>
    public int Place { get; set; }

    public bool IsUnused => Logs.Count == 0 && Charts.Count == 0 && Located is null && Detector is null;
}
