using LiveDash.Core.Ingestion.Sources.Setups;

namespace LiveDash.Core.Ingestion.Sources.Messages;

/// <summary>Reads messages that were set aside once more, with the settings that their source has now. Thread-safe.</summary>
public sealed class PoisonDesk(PoisonShelf shelf, SourceBook book, SourceParts parts)
{
    /// <summary>Reads a message again; where its points are kept it is forgotten.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="id">Which message.</param>
    /// <param name="cancellationToken">Ends the wait for the commit.</param>
    /// <returns>Null where it is taken; else why not.</returns>
    public async Task<string?> RetryAsync(string source, string id, CancellationToken cancellationToken)
    {
        if (book.All.FirstOrDefault(one => one.Name == source) is not { } setup || book.KindOf(setup.Kind) is not { } kind) return $"There is no source {source} any more.";
        if ((await shelf.ListAsync(source, cancellationToken).ConfigureAwait(false)).FirstOrDefault(one => one.Id == id) is not { } message) return "The message is not there any more.";
        if (message.Raw is not { } raw) return $"It is longer than {PoisonShelf.MaxRawBytes:N0} bytes, so only its beginning was kept.";
        var context = new SourceContext(kind, setup, parts, new SourceState());
        await using var session = context.Session();
        var reader = new MessageReader(parts, context.Values, kind is Mqtt.MqttKind);
        if (await reader.ReadAsync(raw, message.Topic, session, cancellationToken).ConfigureAwait(false) is { } fault) return fault;
        var report = await session.CompleteAsync(AckMode.Stored, cancellationToken).ConfigureAwait(false);
        if (report.NotKept > 0) return "The store did not keep its points; it stays here.";
        await shelf.ForgetAsync(source, id, cancellationToken).ConfigureAwait(false);
        return null;
    }
}
