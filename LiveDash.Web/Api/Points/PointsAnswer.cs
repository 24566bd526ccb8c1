using System.Text.Json.Serialization;
using LiveDash.Core.Ingestion;

namespace LiveDash.Web.Api.Points;

/// <summary>The answer to <c>POST /api/points</c>.</summary>
/// <param name="Accepted">Points kept; with <c>?ack=received</c> points queued.</param>
/// <param name="Rejected">Lines refused.</param>
/// <param name="Errors">The first refused lines, at most 20.</param>
public sealed record PointsAnswer(long Accepted, long Rejected, IReadOnlyList<PointsAnswer.LineError> Errors)
{
    /// <summary>Points that were kept before; left out for none. What was offered is accepted, repeated, rejected and not kept, exactly.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Repeated { get; init; }

    /// <summary>Points that took the place of others that were kept, a part of those accepted; left out for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Replaced { get; init; }

    /// <summary>The first points that were kept before with another value; left out for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<KeptRow>? KeptBefore { get; init; }

    /// <summary>What the sender should know of points that were taken; left out for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>How a file was understood, where that was found out: encoding, separator, timeFormat, decimal; left out for what is not a table.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Guessed { get; init; }

    /// <summary>Writes a report the way senders read it.</summary>
    public static PointsAnswer From(IngestReport report) => new(
        report.Accepted, report.Rejected, [.. report.Errors.Select(static e => new LineError(e.Line, ReasonNames.Of(e.Reason), e.Detail))])
    {
        Repeated = report.Repeated,
        Replaced = report.Replaced,
        KeptBefore = report.KeptBefore.Count == 0 ? null : [.. report.KeptBefore.Select(static one => new KeptRow(one.SenderId, one.Kept, one.Sent))],
        Warnings = report.Warnings.Count == 0 ? null : report.Warnings,
        Guessed = report.Guesses.Count == 0 ? null : report.Guesses,
    };

    /// <summary>One point that was kept before with another value; the id of a row is the file's name and the line.</summary>
    public sealed record KeptRow(string Id, double Kept, double Sent);

    /// <summary>One refused line; in an array the element's number stands for the line.</summary>
    public sealed record LineError(long Line, string Reason, string Detail);
}
