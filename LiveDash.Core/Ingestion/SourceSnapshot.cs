namespace LiveDash.Core.Ingestion;

/// <summary>
/// One source's account at one moment, exact: <c>Offered = Accepted + Repeated + Waiting + sum(Rejected) + sum(Dropped)</c>. Immutable.
/// </summary>
/// <param name="Kind">The listener or reader: <c>http</c>, <c>host</c>, <c>influx</c>, <c>graphite</c>, <c>statsd</c>, ...</param>
/// <param name="Name">Who sends: what the sender calls itself, or its address.</param>
/// <param name="Offered">Points (or lines that should have been points) that arrived.</param>
/// <param name="Accepted">Points kept.</param>
/// <param name="Repeated">Points that were kept before: the same sender's id, or for some formats the same time and value.</param>
/// <param name="Replaced">Points that took the place of others; a part of those accepted.</param>
/// <param name="Waiting">Points queued or on their way to the disk: the queue depth.</param>
/// <param name="Rejected">Refused for what they say, by reason; only reasons that occurred.</param>
/// <param name="Dropped">Good points lost, by reason; only reasons that occurred.</param>
/// <param name="Rate">Points admitted per second, over the last ten seconds.</param>
/// <param name="Lag">How far the newest admitted event time was behind its arrival; zero when ahead, null before the first point.</param>
/// <param name="LastSeen">When something last arrived, in UTC ticks; 0 for never.</param>
/// <param name="LastError">The newest rejection or failure in words, or null.</param>
public sealed record SourceSnapshot(
    string Kind,
    string Name,
    long Offered,
    long Accepted,
    long Repeated,
    long Replaced,
    long Waiting,
    IReadOnlyDictionary<string, long> Rejected,
    IReadOnlyDictionary<string, long> Dropped,
    double Rate,
    TimeSpan? Lag,
    long LastSeen,
    string? LastError)
{
    /// <summary>The series and value of the point that was queued last, or null before the first.</summary>
    public (int Series, double Value)? Newest { get; init; }

    /// <summary>What is to be known of points that were taken, such as whole numbers that a double does not hold; the first twenty.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
