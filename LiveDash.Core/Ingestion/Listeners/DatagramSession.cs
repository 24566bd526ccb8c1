using System.Buffers;
using LiveDash.Core.Ingestion.Decoding;

namespace LiveDash.Core.Ingestion.Listeners;

/// <summary>
/// Takes datagrams of a line protocol, without a socket. A datagram past the rate is dropped as <c>rate_limit</c>, one that the queue has no room for as <c>queue_full</c>:
/// both are counted by the lines they hold. One receiver owns it; not thread-safe.
/// </summary>
public sealed class DatagramSession : IAsyncDisposable
{
    private readonly StreamDecoder _decoder;
    private readonly SourceLedger _source;
    private readonly IngestSession _session;
    private readonly RateGate _rate;

    /// <summary>Makes one.</summary>
    /// <param name="decoder">A decoder of its own.</param>
    /// <param name="pipeline">Where the points go.</param>
    /// <param name="source">Whose account it is.</param>
    /// <param name="options">The bounds of the listener.</param>
    /// <param name="time">The clock.</param>
    public DatagramSession(StreamDecoder decoder, IngestPipeline pipeline, SourceLedger source, ListenerOptions options, TimeProvider time)
    {
        _decoder = decoder;
        _source = source;
        _session = new IngestSession(pipeline, source, time, TimeSpan.Zero) { OncePerValue = decoder.OncePerValue };
        _rate = new RateGate(options.MaxBytesPerSecond, time);
    }

    /// <summary>Takes one datagram.</summary>
    /// <param name="datagram">Its bytes, whole.</param>
    /// <param name="more">True where another waits already: then points may wait for it, up to a batch.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    public async ValueTask TakeAsync(ReadOnlyMemory<byte> datagram, bool more, CancellationToken cancellationToken)
    {
        if (_rate.TryTake(datagram.Length))
        {
            await DecodeAsync(datagram, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var lines = datagram.Span.TrimEnd((byte)'\n').Count((byte)'\n') + 1;
            _source.DropAtDoor(DropReason.RateLimit, lines, _session.Now, "More came than MaxBytesPerSecond of this listener allows.");
        }

        if (!more) await FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private async ValueTask DecodeAsync(ReadOnlyMemory<byte> datagram, CancellationToken cancellationToken)
    {
        var buffer = new ReadOnlySequence<byte>(datagram);
        var now = _session.Now;
        while (true)
        {
            buffer = buffer.Slice(_decoder.Decode(buffer, isLast: true, now, _session));
            if (!_session.IsFull) return;
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _session.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (QueueFullException)
        {
            // Counted as dropped; a datagram has nobody to answer to.
        }
    }
}
