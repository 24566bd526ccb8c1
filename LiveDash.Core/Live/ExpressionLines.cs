using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Live;

/// <summary>
/// The lines of an expression, a label set each: the stored past at steps, and while it is live each answer as it comes. At most <see cref="ChartPanelFeed.MaxLines"/> lines are kept; one that has had no
/// value for the whole span gives its place up. Thread-safe.
/// </summary>
internal sealed class ExpressionLines : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ExpressionSources _sources;
    private readonly ExpressionQuery _query;
    private readonly Action<string?> _fault;
    private readonly Dictionary<LabelSet, ExpressionLine> _lines = [];
    private readonly CancellationTokenSource _end = new();
    private readonly long _length;
    private volatile ExpressionPicture _picture = ExpressionPicture.Empty;
    private string? _said;
    private bool _isStarted;

    /// <summary>Makes it; nothing is read before <see cref="Start"/>.</summary>
    /// <param name="sources">What is drawn from.</param>
    /// <param name="query">What is shown.</param>
    /// <param name="columns">How many columns there are at most; more than 0.</param>
    /// <param name="fault">Told why there is no answer, and null when there is one again; on any thread.</param>
    public ExpressionLines(ExpressionSources sources, ExpressionQuery query, int columns, Action<string?> fault)
    {
        (_sources, _query, _fault) = (sources, query, fault);
        _length = Math.Max(1, query.Range is { } range ? range.To - range.From : query.Span.Ticks);
        Width = Math.Max(sources.Limits.LeastStep(_length), query.Step?.Ticks ?? (_length / columns));
    }

    /// <summary>How far the steps are apart, in ticks.</summary>
    public long Width { get; }

    /// <summary>The lines as they stand.</summary>
    public ExpressionPicture Picture => _picture;

    /// <summary>Begins to read; a second call does nothing.</summary>
    public void Start(ChangeSignal? signal)
    {
        if (_isStarted) return;
        _isStarted = true;
        _ = RunAsync(signal);
    }

    /// <inheritdoc/>
    public void Dispose() => _end.Cancel();

    private async Task RunAsync(ChangeSignal? signal)
    {
        try
        {
            var now = _sources.Time.GetUtcNow().UtcTicks;
            var range = _query.Range ?? new TimeRange(now - _query.Span.Ticks, now);
            await LoadAsync(range).ConfigureAwait(false);
            signal?.Raise();
            if (_query.Range is not null) return;
            using var shared = _sources.Shared.Lease(_query.Expr);
            for (var read = 0L; ;)
            {
                var update = await shared.Query.NextAsync(read, _end.Token).ConfigureAwait(false);
                read = update.Number;
                if (update.Result is { } result) Take(result, isNow: true);
                Say(update.Fault?.Message);
                signal?.Raise();
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Nobody waits for this: whatever it is, it is said where the panel is looked at.
            Say(exception.Message);
        }
    }

    private async Task LoadAsync(TimeRange range)
    {
        try
        {
            // Steps lie where columns begin.
            var first = (range.From + Width - 1) / Width * Width;
            if (first <= range.To) Take(await _sources.Engine.RangeAsync(_query.Expr, first, range.To, Width, _sources.Limits, _end.Token).ConfigureAwait(false), isNow: false);
            Say(null);
        }
        catch (Exception exception) when (exception is QueryException or StoreUnavailableException)
        {
            Say(exception.Message);
        }

        lock (_gate) _picture = _picture with { IsLoaded = true };
    }

    private void Take(QueryResult result, bool isNow)
    {
        lock (_gate)
        {
            if (isNow) Forget_NeedsLock(result.At - _length);
            var (more, found, changed) = (0, 0, false);
            (ExpressionLine, double, long)? now = null;
            foreach (var one in Series(result))
            {
                found++;
                if (!_lines.TryGetValue(one.Labels, out var line))
                {
                    if (_lines.Count >= ChartPanelFeed.MaxLines)
                    {
                        more++;
                        continue;
                    }

                    _lines.Add(one.Labels, line = new ExpressionLine(one.Labels, new ChartColumns(Width, (int)(_length / Width) + 2), ExpressionColors.Next(_sources.Catalog, one.Labels, _lines.Values.Select(static line => line.Color))));
                    changed = true;
                }

                for (var i = 0; i < one.Times.Length; i++) line.Add(one.Times.Span[i], one.Values.Span[i]);
                if (one.Times.Length > 0) now ??= (line, one.Values.Span[^1], one.Times.Span[^1]);
            }

            var lines = changed ? [.. _picture.Lines.Where(line => _lines.ContainsValue(line)), .. _lines.Values.Except(_picture.Lines)] : _picture.Lines;
            _picture = new ExpressionPicture(lines, _picture.Layout + (changed ? 1 : 0), more, found, now, true);
        }
    }

    private void Forget_NeedsLock(long before)
    {
        if (_lines.Count < ChartPanelFeed.MaxLines) return;
        foreach (var (labels, line) in _lines)
        {
            // Removing what an enumeration stands on is allowed.
            if (line.Newest < before) _lines.Remove(labels);
        }

        if (_lines.Count == _picture.Lines.Count) return;
        _picture = _picture with { Lines = [.. _picture.Lines.Where(line => _lines.ContainsValue(line))], Layout = _picture.Layout + 1 };
    }

    private static IEnumerable<QueryPoints> Series(QueryResult result) =>
        result.Kind == ValueKind.Scalar ? [new QueryPoints(LabelSet.Empty, new[] { result.At }, new[] { result.Scalar })] : result.Series;

    private void Say(string? fault)
    {
        if (fault == _said) return;
        _said = fault;
        _fault(fault);
    }
}
