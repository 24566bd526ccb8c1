namespace LiveDash.Core.Ingestion;

/// <summary>What became of everything one sender sent in one go. Immutable.</summary>
/// <param name="Accepted">Points kept; with <see cref="AckMode.Received"/> points queued.</param>
/// <param name="Rejected">Lines refused.</param>
/// <param name="NotKept">Good points that the store refused.</param>
/// <param name="Outcome">The worst the store answered.</param>
/// <param name="Errors">The first refused lines, at most <see cref="IngestSession.MaxErrorsTold"/>.</param>
/// <param name="OnlySeriesLimit">True when lines were refused, all of them for <see cref="RejectReason.SeriesLimit"/>.</param>
/// <param name="TextFields">How many of the refused were text fields of lines that are otherwise kept.</param>
public sealed record IngestReport(
    long Accepted, long Rejected, long NotKept, StoreOutcome Outcome, IReadOnlyList<IngestError> Errors, bool OnlySeriesLimit,
    long TextFields);
