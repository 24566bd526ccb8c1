using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Folds;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>Reads what the selectors of a tree need, each in one pass over its series for all steps; selectors that ask for the same are read once. Used by one evaluation.</summary>
internal sealed class SelectorReader(ISampleSource source, SeriesFolds folds, EvaluationFrame frame, QueryBudget budget, SelectorData data)
{
    private readonly Dictionary<string, IReadOnlyList<StepSeries>> _steps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<RangeSeries>> _ranges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (List<StepSeries> Held, List<StepSeries> Seen)> _folded = new(StringComparer.Ordinal);

    /// <summary>Reads for a tree that is evaluated at the steps of a grid, and puts it to the data.</summary>
    public async Task ReadAsync(QueryExpr expr, StepGrid grid)
    {
        switch (expr)
        {
            case VectorSelector selector:
                data.Put(selector, await StepsAsync(selector, grid, false).ConfigureAwait(false));
                return;
            case MatrixSelector matrix:
                data.Put(matrix, await PointsAsync(matrix, grid).ConfigureAwait(false));
                return;
            case SeriesExpr series:
                var (held, seen) = await FoldedAsync(series, grid).ConfigureAwait(false);
                data.Put(series, held, seen);
                return;
            case SubqueryExpr subquery:
                await ReadAsync(subquery.Inner, frame.Inner(subquery, grid)).ConfigureAwait(false);
                return;
            case CallExpr { Function.Name: "timestamp" } call when Unwrap(call.Arguments[0]) is VectorSelector stamped:
                data.Put(stamped, await StepsAsync(stamped, grid, true).ConfigureAwait(false));
                return;
        }

        foreach (var child in expr.Children) await ReadAsync(child, grid).ConfigureAwait(false);
    }

    /// <summary>An expression without parentheses about it.</summary>
    public static QueryExpr Unwrap(QueryExpr expr)
    {
        while (expr is ParenExpr paren) expr = paren.Inner;
        return expr;
    }

    private async Task<IReadOnlyList<StepSeries>> StepsAsync(VectorSelector selector, StepGrid grid, bool wantsTimes)
    {
        var moments = frame.Lookup(selector.Shift).Moments(grid);
        var key = $"{moments} {wantsTimes} {selector with { Shift = default }}";
        if (_steps.TryGetValue(key, out var known)) return known;
        if (moments.Count == 0) return _steps[key] = [];
        var series = source.Select(SeriesChoice.Of(selector), budget.Stopped);
        budget.AddSeries(series.Count);
        budget.AddNumbers((long)series.Count * moments.Count);
        var lookback = frame.Limits.Lookback.Ticks;
        // Rows of a step lie as far apart: with the lookback alone there would be no value between them.
        var summaries = Note(series, new TimeRange(moments.Start - lookback - TimeSpan.TicksPerDay + 1, moments.End + 1));
        var longest = lookback + (summaries.Count == 0 ? 0 : summaries.Values.Max(static one => one.Step.Ticks));
        var filler = new StepFiller(moments, lookback, series.Count, wantsTimes, summaries);
        await source.ReadAsync(series, new TimeRange(moments.Start - longest + 1, moments.End + 1), moments.Count == 1, filler, budget).ConfigureAwait(false);
        var found = new List<StepSeries>();
        var values = filler.Finish();
        for (var i = 0; i < series.Count; i++)
        {
            if (values[i] is { } steps) found.Add(new(series[i].Labels, steps));
        }

        return _steps[key] = found;
    }

    private async Task<IReadOnlyList<RangeSeries>> PointsAsync(MatrixSelector matrix, StepGrid grid)
    {
        var moments = frame.Lookup(matrix.Selector.Shift).Moments(grid);
        var key = $"{moments} {matrix with { Selector = matrix.Selector with { Shift = default } }}";
        if (_ranges.TryGetValue(key, out var known)) return known;
        if (moments.Count == 0) return _ranges[key] = [];
        var series = source.Select(SeriesChoice.Of(matrix.Selector), budget.Stopped);
        budget.AddSeries(series.Count);
        var collector = new ColumnCollector(series, budget);
        var range = new TimeRange(moments.Start - matrix.Range + 1, moments.End + 1);
        Note(series, range);
        await source.ReadAsync(series, range, false, collector, budget).ConfigureAwait(false);
        return _ranges[key] = collector.Finish();
    }

    // Which of the series have summaries in a range, by their places; the answer says so.
    private Dictionary<int, StoredSummaries> Note(IReadOnlyList<SourceSeries> series, TimeRange range)
    {
        var found = new Dictionary<int, StoredSummaries>();
        for (var i = 0; i < series.Count; i++)
        {
            if (source.FindSummaries(series[i].Id, range) is not { } summaries) continue;
            found.Add(i, summaries);
            budget.Note(summaries);
        }

        return found;
    }

    // Series by series: what one needs before the first step says itself.
    private async Task<(List<StepSeries> Held, List<StepSeries> Seen)> FoldedAsync(SeriesExpr expr, StepGrid grid)
    {
        var key = $"{grid} {expr}";
        if (_folded.TryGetValue(key, out var known)) return known;
        var found = (Held: new List<StepSeries>(), Seen: new List<StepSeries>());
        if (grid.Count == 0) return _folded[key] = found;
        var chosen = source.Select(SeriesChoice.Of(expr), budget.Stopped);
        budget.AddSeries(chosen.Count);
        budget.AddNumbers(2L * chosen.Count * grid.Count);
        Note(chosen, new TimeRange(grid.Start, grid.End + 1));
        foreach (var (id, labels) in chosen)
        {
            var fold = folds.Make(expr, id);
            var filler = new FoldFiller(fold, grid);
            var from = await fold.Reach.BeginAsync(grid.Start, source.ScanAsync(id, new TimeRange(0, grid.Start + 1), true, budget)).ConfigureAwait(false);
            await foreach (var points in source.ScanAsync(id, new TimeRange(from, grid.End + 1), false, budget).ConfigureAwait(false)) filler.Take(points);
            budget.AddNumbers(2 * fold.Held);
            if (!filler.Finish()) continue;
            found.Seen.Add(new(labels, filler.Values));
            found.Held.Add(new(labels, filler.Held));
        }

        return _folded[key] = found;
    }
}
