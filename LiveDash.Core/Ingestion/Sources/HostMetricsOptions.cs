namespace LiveDash.Core.Ingestion.Sources;

/// <summary>The settings under <c>LiveDash:HostMetrics</c>.</summary>
public sealed class HostMetricsOptions
{
    /// <summary>Whether this machine's own metrics are read. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How often, in milliseconds. Default 1,000, from 100 to 60,000.</summary>
    public int IntervalMs { get; set; } = 1_000;
}
