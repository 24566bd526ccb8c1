using LiveDash.Core.Detection;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Alerts.Preview;

/// <summary>Finds the strangest moments of stored series, for somebody to say which were worth waking up for. Thread-safe; memory does not grow with the points.</summary>
public sealed class StrangeMoments(IPointStore store, SeriesCatalog catalog, LocalClock clock)
{
    /// <summary>The most series that are looked through.</summary>
    public const int MostSeries = 200;

    // What is closer than this to a stranger moment of the same series is the same event.
    private static readonly long s_apart = 6 * TimeSpan.TicksPerHour;

    /// <summary>The strangest moments of a range, the strangest first.</summary>
    /// <param name="pattern">Which series.</param>
    /// <param name="range">Which time, half-open; the detector learns from what came before it too.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<IReadOnlyList<StrangeMoment>> FindAsync(SeriesPattern pattern, TimeRange range, int count, CancellationToken cancellationToken)
    {
        var found = new List<StrangeMoment>();
        foreach (var series in catalog.Match(pattern).Take(MostSeries))
        {
            var own = new List<StrangeMoment>();
            var detector = new AnomalyDetector(Sensitivity.Medium, clock) { Unit = SeriesUnits.Text(SeriesUnits.Of(catalog[series].Name)) };
            var name = catalog[series].ToString();
            var version = 0L;
            await foreach (var block in store.ScanAsync(new PointQuery { Series = [series], Range = new TimeRange(0, range.To) }, cancellationToken).ConfigureAwait(false))
            {
                for (var i = 0; i < block.Count; i++)
                {
                    var score = detector.Push(block.Times.Span[i], block.Values.Span[i]);
                    if (detector.Version == version) continue;
                    version = detector.Version;
                    if (score > 0.5 && block.Times.Span[i] >= range.From) Keep(own, new StrangeMoment(name, block.Times.Span[i], score, EvidenceWords.Say(detector)), count);
                }
            }

            found.AddRange(own);
        }

        return [.. found.OrderByDescending(static moment => moment.Score).Take(count)];
    }

    private static void Keep(List<StrangeMoment> own, StrangeMoment moment, int count)
    {
        var near = own.FindIndex(other => Math.Abs(other.At - moment.At) < s_apart);
        if (near >= 0)
        {
            if (own[near].Score < moment.Score) own[near] = moment;
            return;
        }

        own.Add(moment);
        if (own.Count <= count) return;
        own.Remove(own.MinBy(static one => one.Score)!);
    }
}
