namespace LiveDash.Core.Ingestion.Sources.Messages;

/// <summary>A message that held nothing that could be taken. Immutable.</summary>
/// <param name="Id">Names it among those of its source.</param>
/// <param name="Source">The source's name.</param>
/// <param name="At">When, ISO 8601.</param>
/// <param name="Topic">Its topic, queue, stream or subject.</param>
/// <param name="Fault">What is wrong with it.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="Payload">Its beginning, as text.</param>
public sealed record PoisonMessage(string Id, string Source, string At, string Topic, string Fault, int Bytes, string Payload)
{
    /// <summary>The whole message, where it is not longer than <see cref="PoisonShelf.MaxRawBytes"/>: what is read again.</summary>
    public byte[]? Raw { get; init; }
}
