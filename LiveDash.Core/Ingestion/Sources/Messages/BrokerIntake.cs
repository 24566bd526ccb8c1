using LiveDash.Core.Ingestion.Sources.Mqtt;
using LiveDash.Core.Ingestion.Sources.Setups;

namespace LiveDash.Core.Ingestion.Sources.Messages;

/// <summary>
/// Takes what is published to LiveDash's own broker, each message by itself: numbers, json, points and line protocol are told apart by a look, topics become names with dots. Thread-safe: one message at a time.
/// </summary>
public sealed class BrokerIntake : IAsyncDisposable
{
    private readonly IngestSession _session;
    private readonly MessageReader _reader;
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Made by the container.</summary>
    public BrokerIntake(SourceParts parts)
    {
        _session = new IngestSession(parts.Pipeline, parts.Sources.Get("mqtt", "broker"), parts.Time, Timeout.InfiniteTimeSpan);
        _reader = new MessageReader(parts, new SourceValues(new MqttKind(), new Dictionary<string, string>()), wordsAreStates: true);
    }

    /// <summary>Takes one message.</summary>
    /// <param name="payload">What it holds.</param>
    /// <param name="topic">Its topic.</param>
    /// <param name="ack">Whether to wait for the commit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False where the store did not keep it: then it may not be acknowledged.</returns>
    public async Task<bool> TakeAsync(ReadOnlyMemory<byte> payload, string topic, AckMode ack, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var lost = _session.Report(ack).NotKept;
            await _reader.ReadAsync(payload, topic, _session, cancellationToken).ConfigureAwait(false);
            return (await _session.CompleteAsync(ack, cancellationToken).ConfigureAwait(false)).NotKept == lost;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync().ConfigureAwait(false);
        _one.Dispose();
    }
}
