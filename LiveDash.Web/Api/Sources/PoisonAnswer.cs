using LiveDash.Core.Ingestion.Sources.Messages;

namespace LiveDash.Web.Api.Sources;

/// <summary>A message that was set aside, as the API shows it.</summary>
internal sealed record PoisonAnswer(string Id, string At, string Topic, string Fault, int Bytes, string Payload)
{
    /// <summary>Without what is read again.</summary>
    public static PoisonAnswer From(PoisonMessage message) => new(message.Id, message.At, message.Topic, message.Fault, message.Bytes, message.Payload);
}
