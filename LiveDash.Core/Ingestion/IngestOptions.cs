namespace LiveDash.Core.Ingestion;

/// <summary>The settings under <c>LiveDash:Ingest</c>.</summary>
public sealed class IngestOptions
{
    /// <summary>
    /// How many points may wait between senders and the store's commit, over all sources. Default 1,048,576 (about 25 MB), from 65,536 to 67,108,864.
    /// A batch counts as 64 points at least, so tiny batches cannot fill the memory either.
    /// </summary>
    public int QueuePoints { get; set; } = 1 << 20;

    /// <summary>
    /// Whether a point of line protocol or Prometheus remote-write with the same series, time and value as one that is kept is that point sent again, as clients
    /// do after a time-out, and not kept twice. Default true.
    /// </summary>
    public bool OncePerValue { get; set; } = true;

    /// <summary>Whether a text becomes a state of its series (<c>running</c>, <c>stopped</c>); else it is left out and counted. Default true.</summary>
    public bool KeepText { get; set; } = true;

    /// <summary>How many sources are accounted for one by one; more share one line called <c>(others)</c>. Default 1,000, from 16 to 100,000.</summary>
    public int MaxSources { get; set; } = 1_000;
}
