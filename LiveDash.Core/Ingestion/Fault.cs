namespace LiveDash.Core.Ingestion;

/// <summary>Why one point is refused, in the word that is counted and in words for the sender.</summary>
/// <param name="Reason">What is counted.</param>
/// <param name="Detail">What the sender reads; it names the limit and its setting where one was breached.</param>
public readonly record struct Fault(RejectReason Reason, string Detail);
