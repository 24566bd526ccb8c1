namespace LiveDash.Core.Ingestion;

/// <summary>One refused line, as the sender is told.</summary>
/// <param name="Line">Counted from 1: the line of the body, or the element of a JSON array.</param>
/// <param name="Reason">See <see cref="RejectReason"/>.</param>
/// <param name="Detail">In words.</param>
public readonly record struct IngestError(long Line, RejectReason Reason, string Detail);
