namespace LiveDash.Core.Ingestion;

/// <summary>What became of everything one sender sent in one go. Immutable.</summary>
/// <param name="Accepted">Points kept; with <see cref="AckMode.Received"/> points queued.</param>
/// <param name="Rejected">Lines refused.</param>
/// <param name="Repeated">Points that were kept before.</param>
/// <param name="Replaced">Points that took the place of others; a part of those accepted.</param>
/// <param name="NotKept">Good points that the store refused.</param>
/// <param name="Outcome">The worst the store answered.</param>
/// <param name="Errors">The first refused lines, at most <see cref="IngestSession.MaxErrorsTold"/>.</param>
/// <param name="OnlySeriesLimit">True when lines were refused, all of them for <see cref="RejectReason.SeriesLimit"/>.</param>
/// <param name="TextFields">How many of the refused were texts of lines that are otherwise kept; see <see cref="ReasonNames.IsOfText"/>.</param>
/// <param name="KeptBefore">The first points that were kept before with another value, which stays unless they replaced it.</param>
/// <param name="Guesses">How the bytes were understood, where that was found out.</param>
/// <param name="Warnings">What the sender should know of points that were taken, such as times that look like another unit.</param>
public sealed record IngestReport(
    long Accepted, long Rejected, long Repeated, long Replaced, long NotKept, StoreOutcome Outcome, IReadOnlyList<IngestError> Errors, bool OnlySeriesLimit,
    long TextFields, IReadOnlyList<KeptBefore> KeptBefore, IReadOnlyList<string> Warnings,
    IReadOnlyDictionary<string, string> Guesses);
