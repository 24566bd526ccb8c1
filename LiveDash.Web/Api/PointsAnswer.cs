using LiveDash.Core.Ingestion;

namespace LiveDash.Web.Api;

/// <summary>The answer to <c>POST /api/points</c>.</summary>
/// <param name="Accepted">Points kept; with <c>?ack=received</c> points queued.</param>
/// <param name="Rejected">Lines refused.</param>
/// <param name="Errors">The first refused lines, at most 20.</param>
public sealed record PointsAnswer(long Accepted, long Rejected, IReadOnlyList<PointsAnswer.LineError> Errors)
{
    /// <summary>Writes a report the way senders read it.</summary>
    public static PointsAnswer From(IngestReport report) => new(
        report.Accepted, report.Rejected, [.. report.Errors.Select(static e => new LineError(e.Line, ReasonNames.Of(e.Reason), e.Detail))]);

    /// <summary>One refused line; in an array the element's number stands for the line.</summary>
    public sealed record LineError(long Line, string Reason, string Detail);
}
