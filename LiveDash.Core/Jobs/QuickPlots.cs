using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Jobs;

/// <summary>Draws small plots for who waits for them, past the queue of jobs: one at a time, the others wait, and at most <see cref="MaxWaiting"/> of them. Thread-safe.</summary>
public sealed class QuickPlots(SeriesCatalog catalog, IPointStore store, Limits limits) : IDisposable
{
    /// <summary>How many may wait.</summary>
    public const int MaxWaiting = 20;

    private readonly BoundedGate _turn = new(1, MaxWaiting);
    private readonly SeriesChooser _chooser = new(catalog, store, limits);

    /// <summary>Draws the series that patterns match.</summary>
    /// <param name="spec">How it looks; what it shows is told by the series' names and unit where it says nothing.</param>
    /// <param name="patterns">The series, at least one.</param>
    /// <param name="range">The times.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    /// <returns>The file; null where too many wait already.</returns>
    /// <exception cref="PlotException">It cannot be drawn: too many series or points.</exception>
    public Task<byte[]?> DrawAsync(PlotSpec spec, IReadOnlyList<string> patterns, TimeRange range, CancellationToken cancellationToken) =>
        RunAsync(() => Draw(spec, _chooser.Choose(patterns, range, cancellationToken), range, cancellationToken), cancellationToken);

    /// <summary>Draws one series and no other.</summary>
    /// <param name="spec">How it looks.</param>
    /// <param name="series">Its number in the catalog.</param>
    /// <param name="range">The times.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    /// <returns>The file; null where too many wait already.</returns>
    /// <exception cref="PlotException">It holds states, or too many points.</exception>
    public Task<byte[]?> DrawOneAsync(PlotSpec spec, int series, TimeRange range, CancellationToken cancellationToken) => catalog.States.ContentOf(series) == SeriesContent.States
        ? throw new PlotException("The series holds states, which are texts; a plot draws numbers.")
        : RunAsync(() => Draw(spec, [new PlotSeries(series, catalog[series], catalog.Colors[series])], range, cancellationToken), cancellationToken);

    /// <summary>Draws lines that are no series of the store, such as those of an expression.</summary>
    /// <param name="spec">How it looks.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="range">The times; a point at its end is not of it, as everywhere.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    /// <returns>The file; null where too many wait already.</returns>
    /// <exception cref="PlotException">It cannot be drawn.</exception>
    public Task<byte[]?> DrawAsync(PlotSpec spec, IReadOnlyList<PlotLine> lines, TimeRange range, CancellationToken cancellationToken) =>
        RunAsync(() => Draw(spec, LinePlotPoints.SeriesOf(lines), range, new LinePlotPoints(lines), cancellationToken), cancellationToken);

    /// <summary>What the series that patterns match were within a range, in the order of their names; those without a point are left out.</summary>
    /// <param name="patterns">The series; none for all.</param>
    /// <param name="range">The times.</param>
    /// <param name="most">How many series at most; the others are left out.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    /// <returns>The figures; null where too many wait already.</returns>
    /// <exception cref="PlotException">There are too many points.</exception>
    public Task<IReadOnlyList<QuickFigure>?> FiguresAsync(IReadOnlyList<string> patterns, TimeRange range, int most, CancellationToken cancellationToken) =>
        RunAsync<IReadOnlyList<QuickFigure>>(() => Figures(patterns, range, most, cancellationToken), cancellationToken);

    /// <summary>Draws a series with lines that the store does not hold behind its points, such as what is expected of it.</summary>
    /// <param name="spec">How it looks.</param>
    /// <param name="series">Its number in the catalog.</param>
    /// <param name="lines">What they are called, their times in UTC ticks, ascending and after the series' points, and their values.</param>
    /// <param name="range">The times.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    /// <returns>The file; null where too many wait already.</returns>
    /// <exception cref="PlotException">It cannot be drawn.</exception>
    public Task<byte[]?> DrawOneAsync(PlotSpec spec, int series, IReadOnlyList<(SeriesKey Key, IReadOnlyList<long> Times, IReadOnlyList<double> Values)> lines, TimeRange range, CancellationToken cancellationToken) => RunAsync(
        () =>
        {
            List<PlotSeries> all = [new PlotSeries(series, catalog[series], 0), .. lines.Select((line, i) => new PlotSeries(catalog.Count + i, line.Key, i + 1))];
            var reducer = PlotReducer.Create(spec with { Unit = PlotUnits.Of([all[0]]) }, all, range);
            using var stored = new StorePlotPoints(store);
            PlotFeed.Tell(reducer, stored.FindSummaries([all[0]], range));
            var points = InOrder(lines);
            do
            {
                stored.Scan([all[0]], range, false, block => Give(reducer, block), cancellationToken);
                reducer.Add([.. points.Select(one => catalog.Count + one.Line)], [.. points.Select(static one => one.Time)], [.. points.Select(static one => one.Value)], [], []);
            }
            while (reducer.NextPass());
            return PlotRenderer.Render(spec, reducer);
        },
        cancellationToken);

    /// <summary>What the series of states that patterns match were when, in the order of their names: at most <paramref name="columns"/> changes each, as exactly as so many parts of the range are.</summary>
    /// <param name="patterns">The series.</param>
    /// <param name="range">The times.</param>
    /// <param name="most">How many series at most; the others are left out.</param>
    /// <param name="columns">Into how many parts the range is cut.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    /// <returns>A strip a series that was in any state; null where too many wait already.</returns>
    /// <exception cref="PlotException">There are too many points.</exception>
    public Task<IReadOnlyList<QuickStrip>?> StripsAsync(IReadOnlyList<string> patterns, TimeRange range, int most, int columns, CancellationToken cancellationToken) =>
        RunAsync<IReadOnlyList<QuickStrip>>(() => Strips(patterns, range, most, columns, cancellationToken), cancellationToken);

    /// <summary>Reads what is to be drawn in its turn, as a drawing has: one at a time.</summary>
    /// <param name="readAsync">Reads it; told how many points it may read.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    /// <returns>What it read; null where too many wait already.</returns>
    public Task<T?> ReadAsync<T>(Func<long, Task<T>> readAsync, CancellationToken cancellationToken)
        where T : class => InTurnAsync(() => readAsync(limits.MaxPlotPoints), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private Task<T?> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
        where T : class => InTurnAsync(() => Task.FromResult(work()), cancellationToken);

    // Off the thread of the request: to read a store may wait for it.
    private Task<T?> InTurnAsync<T>(Func<Task<T>> workAsync, CancellationToken cancellationToken)
        where T : class => _turn.RunAsync<T>(async () => await Task.Run(workAsync, cancellationToken), cancellationToken);

    // A plot takes points in the order of time, whichever line they are of.
    private static List<(int Line, long Time, double Value)> InOrder(IReadOnlyList<(SeriesKey Key, IReadOnlyList<long> Times, IReadOnlyList<double> Values)> lines) =>
        [.. lines.SelectMany(static (line, i) => line.Times.Select((time, n) => (Line: i, Time: time, Value: line.Values[n]))).Where(static one => double.IsFinite(one.Value)).OrderBy(static one => one.Time)];

    private List<QuickStrip> Strips(IReadOnlyList<string> patterns, TimeRange range, int most, int columns, CancellationToken cancellationToken)
    {
        var found = ByName(Matching(patterns).Where(number => catalog.States.ContentOf(number) == SeriesContent.States)).Take(most).ToList();
        // The last state of each part, and before them what the series was in when the range begins.
        var last = found.ToDictionary(static number => number, _ => new double[columns + 1]);
        foreach (var (number, values) in last)
        {
            Array.Fill(values, double.NaN);
            Scan.Run(store, new PointQuery { Series = [number], Range = new TimeRange(0, range.From), Descending = true, Limit = 1 }, block => values[0] = block.Values.Span[0], cancellationToken);
        }

        var width = Math.Max(1, (range.To - range.From) / columns);
        long read = 0;
        if (found.Count > 0) Scan.Run(store, new PointQuery { Series = found, Range = range }, Take, cancellationToken);
        return [.. found.Select(number => new QuickStrip(catalog[number], Stretches(number, last[number]))).Where(static strip => strip.Stretches.Count > 0)];

        void Take(PointBlock block)
        {
            if ((read += block.Count) > limits.MaxPlotPoints) throw new PlotException(TooMany);
            for (var i = 0; i < block.Count; i++) last[block.Series.Span[i]][1 + (int)Math.Min(columns - 1, (block.Times.Span[i] - range.From) / width)] = block.Values.Span[i];
        }

        List<(long, long, string)> Stretches(int number, double[] values)
        {
            var words = catalog.States.Find(catalog[number]);
            var stretches = new List<(long From, long To, string Text)>();
            var now = values[0];
            for (var i = 0; i < columns; i++)
            {
                if (double.IsFinite(values[i + 1])) now = values[i + 1];
                if (!double.IsFinite(now)) continue;
                var (text, from, to) = (words?.TextOf(now) ?? "", range.From + (i * width), i == columns - 1 ? range.To : range.From + ((i + 1) * width));
                if (stretches.Count > 0 && stretches[^1].Text == text) stretches[^1] = stretches[^1] with { To = to };
                else stretches.Add((from, to, text));
            }

            return stretches;
        }
    }

    private List<QuickFigure> Figures(IReadOnlyList<string> patterns, TimeRange range, int most, CancellationToken cancellationToken)
    {
        var found = ByName(patterns.Count == 0 ? Enumerable.Range(0, catalog.Count) : Matching(patterns)).Take(most).ToList();
        var tallies = found.ToDictionary(static number => number, static _ => new PointTally());
        long read = 0;
        if (found.Count > 0) Scan.Run(store, new PointQuery { Series = found, Range = range, WithSummaries = true }, Take, cancellationToken);
        return [.. found.Where(number => tallies[number].Count > 0).Select(number => Of(number, tallies[number]))];

        void Take(PointBlock block)
        {
            if ((read += block.Count) > limits.MaxPlotPoints) throw new PlotException(TooMany);
            var series = block.Series.Span;
            for (var i = 0; i < series.Length; i++) tallies[series[i]].Add(block, i);
        }

        QuickFigure Of(int number, PointTally tally)
        {
            var text = catalog.States.ContentOf(number) == SeriesContent.States ? catalog.States.Find(catalog[number])?.TextOf(tally.Last) ?? "" : null;
            return new QuickFigure(catalog[number], tally.Last, text, tally.Least, tally.Mean, tally.Greatest, tally.Count);
        }
    }

    private IEnumerable<int> Matching(IReadOnlyList<string> patterns) => patterns.SelectMany(text => SeriesPattern.TryParse(text, out var pattern) ? catalog.Match(pattern!) : []);

    private IEnumerable<int> ByName(IEnumerable<int> numbers) => numbers.Distinct().OrderBy(number => catalog[number].ToString(), StringComparer.Ordinal);

    private string TooMany => Limits.TooManyPlotPoints(limits.MaxPlotPoints);

    private byte[] Draw(PlotSpec spec, IReadOnlyList<PlotSeries> series, TimeRange range, CancellationToken cancellationToken) =>
        Draw(spec with { Unit = PlotUnits.Of(series) }, series, range, new StorePlotPoints(store), cancellationToken);

    private byte[] Draw(PlotSpec spec, IReadOnlyList<PlotSeries> series, TimeRange range, IPlotPoints points, CancellationToken cancellationToken)
    {
        var reducer = PlotReducer.Create(spec, series, range);
        PlotFeed.Tell(reducer, points.FindSummaries(series, range));
        do
        {
            if (series.Count > 0) points.Scan(series, range, spec.Kind == PlotKind.HeatmapGrid, block => Give(reducer, block), cancellationToken);
        }
        while (reducer.NextPass());
        return PlotRenderer.Render(spec, reducer);
    }

    private void Give(PlotReducer reducer, PointBlock block)
    {
        PlotFeed.Give(reducer, block);
        if (reducer.Points > limits.MaxPlotPoints) throw new PlotException(TooMany);
    }
}
