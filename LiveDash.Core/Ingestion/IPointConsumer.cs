using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion;

/// <summary>
/// Whoever looks at every admitted point as it passes: the live engine. Register it as a service; <see cref="IngestPipeline"/> calls every one of
/// them, one batch at a time and in order of arrival, before it hands the batch to the store.
/// </summary>
public interface IPointConsumer
{
    /// <summary>
    /// Takes a batch. The consumer calls <see cref="PointBatch.Retain"/> before it returns if it reads the batch later. To wait here is
    /// backpressure: the queue fills and senders are slowed. An exception is logged and counted; the batch goes on to the store.
    /// </summary>
    ValueTask PostAsync(PointBatch batch, CancellationToken cancellationToken);

    /// <summary>Tells that points of some series have other values in the store now: what was computed of them is computed anew.</summary>
    void Replaced(IReadOnlyCollection<int> series)
    {
    }
}
