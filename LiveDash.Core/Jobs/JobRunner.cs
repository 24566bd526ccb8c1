using System.Security.Cryptography;
using System.Text;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Jobs;

/// <summary>Plans the image of a job, and makes it from the store in this process. Thread-safe; runs on the calling thread.</summary>
internal sealed class JobRunner(SeriesCatalog catalog, IPointStore store, Limits limits)
{
    private readonly SeriesChooser _chooser = new(catalog, store, limits);
    private readonly StorePlotPoints _points = new(store);

    /// <summary>The faults of a request's series.</summary>
    internal IReadOnlyList<FieldFault> Check(IReadOnlyList<string> patterns) => _chooser.Check(patterns);

    /// <summary>Chooses the series and says all that a worker must know. Reads a little of the store.</summary>
    /// <exception cref="PlotException">It cannot be made, and trying again would not help.</exception>
    internal PlotPlan Plan(JobRequest request, TimeRange range, CancellationToken cancellationToken)
    {
        var series = _chooser.Choose(request.Series, range, cancellationToken);
        var stats = StatsOf(series);
        return new PlotPlan
        {
            Spec = request.Plot with { Unit = PlotUnits.Of(series) },
            Series = series,
            Range = range,
            Axis = Narrow(range, stats.Values),
            Expected = Math.Max(1, stats.Values.Sum(static s => s.Count)),
            MostPoints = limits.MaxPlotPoints,
            Fingerprint = Fingerprint(request, range, series, stats),
        };
    }

    /// <summary>Makes the image.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="range">The range.</param>
    /// <param name="isKept">The image of a fingerprint where it is kept already; then nothing is drawn.</param>
    /// <param name="progress">Told the percentage as it grows.</param>
    /// <param name="cancellationToken">Stops it between two blocks.</param>
    /// <exception cref="PlotException">It cannot be made, and trying again would not help.</exception>
    internal JobImages Run(JobRequest request, TimeRange range, Func<string, JobImages?> isKept, Action<int> progress, CancellationToken cancellationToken)
    {
        var plan = Plan(request, range, cancellationToken);
        return isKept(plan.Fingerprint) ?? PlotDrawer.Draw(plan, _points, progress, cancellationToken);
    }

    // Data that fill less than a fifth of what was asked for would be a sliver: the axis then fits the data.
    private static TimeRange Narrow(TimeRange range, IEnumerable<SeriesStats> stats)
    {
        long first = long.MaxValue, last = long.MinValue;
        foreach (var one in stats)
        {
            if (one.Count == 0 || one.Last < range.From || one.First >= range.To) continue;
            first = Math.Min(first, Math.Max(one.First, range.From));
            last = Math.Max(last, Math.Min(one.Last + 1, range.To));
        }

        if (first >= last) return range;
        return (last - first) / 0.2 < range.To - range.From ? Widen(first, last) : range;
    }

    // One point alone, or a few in an instant, get a second around them.
    private static TimeRange Widen(long first, long last) =>
        last - first >= TimeSpan.TicksPerMillisecond ? new(first, last) : new(Math.Max(0, first - (TimeSpan.TicksPerSecond / 2)), last + (TimeSpan.TicksPerSecond / 2));

    private Dictionary<int, SeriesStats> StatsOf(IReadOnlyList<PlotSeries> series)
    {
        var wanted = series.Select(static s => s.Number).ToHashSet();
        return store.GetStats().Where(s => wanted.Contains(s.Series)).ToDictionary(static s => s.Series);
    }

    // Points are only ever added, or removed from the old end: count, first and last tell whether a series changed.
    private static string Fingerprint(JobRequest request, TimeRange range, IReadOnlyList<PlotSeries> series, Dictionary<int, SeriesStats> stats)
    {
        var plain = request with { Priority = JobPriority.Normal, Deadline = null, Start = "", End = "" };
        var text = new StringBuilder(JobRequestWriter.ToJson(plain).ToJsonString()).Append('|').Append(range.From).Append('|').Append(range.To);
        foreach (var one in series)
        {
            text.Append('|').Append(one.Key);
            if (stats.TryGetValue(one.Number, out var known)) text.Append(':').Append(known.Count).Append(':').Append(known.First).Append(':').Append(known.Last);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));
    }
}
