using System.Threading.Channels;
using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion.Forwarding;

/// <summary>Shows every admitted batch to the ways onward that run. A way that is behind loses batches, counted, and holds up nobody. Thread-safe.</summary>
public sealed class ForwardHub : IPointConsumer
{
    /// <summary>How many batches may wait for one way; more are dropped there, since its own queue on disk comes behind.</summary>
    public const int MaxWaiting = 256;

    private volatile Channel<PointBatch>[] _ways = [];
    private readonly Lock _gate = new();
    private long _dropped;

    /// <summary>Points that ways lost because they were behind.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <inheritdoc/>
    public ValueTask PostAsync(PointBatch batch, CancellationToken cancellationToken)
    {
        foreach (var way in _ways)
        {
            batch.RetainToRead();
            if (way.Writer.TryWrite(batch)) continue;
            Interlocked.Add(ref _dropped, batch.Count);
            batch.ReleaseRead();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Begins to show batches; each is to be given back by <see cref="PointBatch.ReleaseRead"/>.</summary>
    internal Channel<PointBatch> Open()
    {
        var way = Channel.CreateBounded<PointBatch>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
        lock (_gate) _ways = [.. _ways, way];
        return way;
    }

    /// <summary>Ends it, and gives back what was not read.</summary>
    internal void Close(Channel<PointBatch> way)
    {
        lock (_gate) _ways = [.. _ways.Where(one => one != way)];
        way.Writer.TryComplete();
        while (way.Reader.TryRead(out var batch)) batch.ReleaseRead();
    }
}
