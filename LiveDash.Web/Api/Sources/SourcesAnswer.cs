using LiveDash.Core.Ingestion;

namespace LiveDash.Web.Api.Sources;

/// <summary>The answer to <c>GET /api/sources</c>.</summary>
/// <param name="AsOf">When, in ISO 8601.</param>
/// <param name="QueueWaiting">Points between senders and the disk; a batch counts as 64 at least.</param>
/// <param name="QueueCapacity">How many there may be.</param>
/// <param name="Sources">Each source, by kind and name.</param>
public sealed record SourcesAnswer(string AsOf, long QueueWaiting, long QueueCapacity, IReadOnlyList<SourcesAnswer.Source> Sources)
{
    /// <summary>One source's account: <c>offered = accepted + repeated + waiting + sum(rejected) + sum(dropped)</c>; replaced is a part of accepted. Notes say what is to be known of points that were taken.</summary>
    public sealed record Source(
        string Kind, string Name, long Offered, long Accepted, long Repeated, long Replaced, long Waiting, IReadOnlyDictionary<string, long> Rejected, IReadOnlyDictionary<string, long> Dropped,
        double Rate, double? LagSeconds, string? LastSeen, string? LastError, IReadOnlyList<string> Notes)
    {
        internal static Source From(SourceSnapshot s) => new(
            s.Kind, s.Name, s.Offered, s.Accepted, s.Repeated, s.Replaced, s.Waiting, s.Rejected, s.Dropped, s.Rate, s.Lag?.TotalSeconds,
            s.LastSeen == 0 ? null : TimeText.Format(s.LastSeen), s.LastError, s.Notes);
    }
}
