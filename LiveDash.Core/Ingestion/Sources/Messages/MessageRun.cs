using LiveDash.Core.Ingestion.Sources.Setups;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Ingestion.Sources.Messages;

/// <summary>
/// Takes messages and says when they are safe: after <see cref="CommitAsync"/> each is either kept or set aside as poison, and may be acknowledged to its broker. One that holds nothing that can be taken is kept as a document and
/// shown, see <see cref="PoisonShelf"/>. Used by one loop.
/// </summary>
internal sealed class MessageRun(SourceContext context, bool wordsAreStates = false) : IAsyncDisposable
{
    /// <summary>How many messages are committed together at most.</summary>
    public const int MaxBatch = 1_000;

    private readonly IngestSession _session = context.Session();
    private readonly MessageReader _reader = new(context.Parts, context.Values, wordsAreStates);
    private readonly List<PoisonMessage> _poison = [];
    private long _taken;
    private long _setAside;
    private long _lost;

    /// <summary>Takes one message.</summary>
    public async ValueTask TakeAsync(ReadOnlyMemory<byte> payload, string topic, CancellationToken cancellationToken)
    {
        _taken++;
        if (await _reader.ReadAsync(payload, topic, _session, cancellationToken).ConfigureAwait(false) is { } fault) SetAside(payload, topic, fault);
    }

    /// <summary>Waits until everything taken so far is on disk.</summary>
    /// <exception cref="StoreUnavailableException">It is not: nothing may be acknowledged.</exception>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        var report = await _session.CompleteAsync(AckMode.Stored, cancellationToken).ConfigureAwait(false);
        if (report.NotKept > _lost)
        {
            _lost = report.NotKept;
            throw new StoreUnavailableException("The store did not keep the points: the messages stay with the broker.");
        }

        if (_poison.Count > 0)
        {
            await context.Parts.Poison.PutAsync(context.Name, _poison, cancellationToken).ConfigureAwait(false);
            _poison.Clear();
        }

        context.State.Works($"{_taken:N0} messages{(_setAside > 0 ? $", {_setAside:N0} set aside" : "")}.");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private void SetAside(ReadOnlyMemory<byte> payload, string topic, string fault)
    {
        _setAside++;
        // One batch may hold no more than are kept.
        if (_poison.Count == PoisonShelf.Max) _poison.RemoveAt(0);
        _poison.Add(PoisonShelf.Message(context.Name, payload.Span, topic, fault, context.Now));
    }
}
