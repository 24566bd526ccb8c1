using System.Security.Cryptography;
using System.Text;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Jobs;

/// <summary>Makes the image of a job: chooses the series, streams their points into a reducer, draws. Thread-safe; runs on the calling thread.</summary>
internal sealed class JobRunner(SeriesCatalog catalog, IPointStore store, Limits limits)
{
    private readonly SeriesChooser _chooser = new(catalog, store, limits);

    /// <summary>The faults of a request's series.</summary>
    internal IReadOnlyList<FieldFault> Check(IReadOnlyList<string> patterns) => _chooser.Check(patterns);

    /// <summary>Makes the image.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="range">The range.</param>
    /// <param name="isKept">True where the image of a fingerprint is kept already; then nothing is drawn.</param>
    /// <param name="progress">Told the percentage as it grows.</param>
    /// <param name="cancellationToken">Stops it between two blocks.</param>
    /// <exception cref="PlotException">It cannot be made, and trying again would not help.</exception>
    internal JobImages Run(JobRequest request, TimeRange range, Func<string, JobImages?> isKept, Action<int> progress, CancellationToken cancellationToken)
    {
        var series = _chooser.Choose(request.Series, range, cancellationToken);
        var stats = StatsOf(series);
        var fingerprint = Fingerprint(request, range, series, stats);
        if (isKept(fingerprint) is { } kept) return kept;

        var spec = request.Plot;
        var reducer = PlotReducer.Create(spec, series, Narrow(range, stats.Values));
        var expected = Math.Max(1, stats.Values.Sum(static s => s.Count));
        var query = new PointQuery { Series = [.. series.Select(static s => s.Number)], Range = range, LocatedOnly = spec.Kind is PlotKind.Map or PlotKind.HeatmapGrid };
        var pass = 0;
        var told = 0;
        do
        {
            if (series.Count > 0) Scan.Run(store, query, Take, cancellationToken);
            pass++;
        }
        while (reducer.NextPass());

        cancellationToken.ThrowIfCancellationRequested();
        progress(95);
        return Draw(spec, reducer, fingerprint);

        void Take(PointBlock block)
        {
            reducer.Add(block.Series.Span, block.Times.Span, block.Values.Span, block.X.Span, block.Y.Span);
            if (reducer.Points > limits.MaxPlotPoints)
            {
                throw new PlotException($"The range holds more than the {limits.MaxPlotPoints:N0} points that LiveDash:Limits:MaxPlotPoints allows for one plot. Shorten the range or name fewer series.");
            }

            var percent = (int)Math.Min(90, (pass == 0 ? 0 : 50) + (reducer.Points * 45 / expected));
            if (percent < told + 5) return;
            progress(told = percent);
        }
    }

    private static JobImages Draw(PlotSpec spec, PlotReducer reducer, string fingerprint)
    {
        var points = reducer.Points;
        // All formats at once: after the points are read they cost a few milliseconds each, and whoever looks at one may want another.
        var files = Enum.GetValues<PlotFormat>().ToDictionary(static format => format, format => PlotRenderer.Render(spec with { Format = format }, reducer));
        return new JobImages(fingerprint, files, points, files.Values.Sum(static f => (long)f.Length));
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
