using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Evaluation;
using LiveDash.Core.Rules;

namespace LiveDash.Core.Alerts.Judging;

/// <summary>
/// Knows which series each rule in PromQL looks at, and marks the rules whose series sent points. A point costs a look at an array; a series that is new is matched once, with those that may want it.
/// <see cref="PostAsync"/> may run beside the others, which one loop calls.
/// </summary>
internal sealed class QueryInputs(SeriesCatalog catalog) : IPointConsumer
{
    private readonly SeriesIndex _index = SeriesIndex.Of(catalog);
    // As many as the rules have selectors.
    private ChoiceIndex<int> _selectors = new();
    private int[]?[] _rulesOf = [];
    private int _known;

    // One byte a series, written by whoever brings points and taken back by the loop: a mark that comes between is seen at the next look.
    private byte[] _marks = [];
    private volatile bool _isUsed;

    /// <inheritdoc/>
    public ValueTask PostAsync(PointBatch batch, CancellationToken cancellationToken)
    {
        if (!_isUsed) return ValueTask.CompletedTask;
        var marks = Volatile.Read(ref _marks);
        foreach (var series in batch.Series)
        {
            if (series >= marks.Length) marks = Grown(series);
            marks[series] = 1;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Says which rules there are; they are known by their place in the list.</summary>
    public void Configure(IReadOnlyList<RuleModel> rules)
    {
        _selectors = new();
        _rulesOf = [];
        _known = 0;
        for (var i = 0; i < rules.Count; i++)
        {
            foreach (var choice in SeriesChoice.All(rules[i].Query!)) _selectors.Add(choice, i);
        }

        _isUsed = rules.Count > 0;
    }

    /// <summary>Marks the rules whose series sent points since the last call.</summary>
    public void Take(bool[] rules)
    {
        Follow();
        var marks = Volatile.Read(ref _marks);
        for (var at = 0; at < marks.Length; at++)
        {
            var next = marks.AsSpan(at).IndexOf((byte)1);
            if (next < 0) break;
            at += next;
            marks[at] = 0;
            if (at >= _rulesOf.Length || _rulesOf[at] is not { } of) continue;
            foreach (var rule in of) rules[rule] = true;
        }
    }

    private byte[] Grown(int series)
    {
        var larger = new byte[Math.Max(1024, series * 2)];
        _marks.CopyTo(larger, 0);
        Volatile.Write(ref _marks, larger);
        return larger;
    }

    private void Follow()
    {
        var count = catalog.Count;
        if (_known == count) return;
        if (_rulesOf.Length < count) Array.Resize(ref _rulesOf, Math.Max(count, _rulesOf.Length * 2));
        for (; _known < count; _known++) _rulesOf[_known] = _selectors.Find(_index.Labels(_known)) is { Count: > 0 } found ? [.. found] : null;
    }
}
