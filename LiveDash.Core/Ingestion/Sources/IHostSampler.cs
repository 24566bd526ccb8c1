namespace LiveDash.Core.Ingestion.Sources;

/// <summary>Reads an operating system's counters. One implementation a system; called by one loop at a time.</summary>
internal interface IHostSampler
{
    /// <summary>Reads everything once. What cannot be read is left out, and never made up.</summary>
    void Sample(HostSample sample);
}
