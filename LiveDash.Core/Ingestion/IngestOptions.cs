namespace LiveDash.Core.Ingestion;

/// <summary>The settings under <c>LiveDash:Ingest</c>.</summary>
public sealed class IngestOptions
{
    /// <summary>
    /// How many points may wait between senders and the store's commit, over all sources. Default 1,048,576 (about 25 MB), from 65,536 to 67,108,864.
    /// A batch counts as 64 points at least, so tiny batches cannot fill the memory either.
    /// </summary>
    public int QueuePoints { get; set; } = 1 << 20;

    /// <summary>How many sources are accounted for one by one; more share one line called <c>(others)</c>. Default 1,000, from 16 to 100,000.</summary>
    public int MaxSources { get; set; } = 1_000;
}
