using LiveDash.Core.Model;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>A batch that waits for its commit.</summary>
internal sealed class AppendWork(PointBatch batch) : WriterWork
{
    /// <summary>The batch; retained until the work is done.</summary>
    public PointBatch Batch { get; } = batch;
}
