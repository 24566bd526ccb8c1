using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion;

/// <summary>A batch in the queue, its account, and who waits for it.</summary>
internal sealed record IngestItem(SourceLedger Source, PointBatch Batch, int Count, long Cost)
{
    public TaskCompletionSource<StoreResult> Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
