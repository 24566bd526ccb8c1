namespace LiveDash.Core.Ingestion.Forwarding;

/// <summary>A receiver that will never take a body: it is not sent again.</summary>
internal sealed class ForwardRefusedException(string message) : Exception(message);
