using System.Diagnostics.CodeAnalysis;

namespace LiveDash.Core.Model;

/// <summary>
/// Which series have which name and which value of which tag: an inverted index, as search engines have. It follows the catalog, which only grows, so a list of numbers is only ever added to and what was
/// given out stays true. Bounded by the catalog: a number a label of a series. Thread-safe by one lock that is held while new series are read and lists are looked up, and never while a condition is tested.
/// </summary>
/// <param name="catalog">The series.</param>
public sealed class SeriesPostings(SeriesCatalog catalog)
{
    /// <summary>The label that a series' name stands under. A tag of this key is not indexed.</summary>
    public const string Name = "__name__";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<string, Posting>> _labels = new(StringComparer.Ordinal) { [Name] = new(StringComparer.Ordinal) };
    private int _known;

    /// <summary>The labels that series have, in any order; those of an empty value too.</summary>
    [SuppressMessage("Design", "CA1002", Justification = "The caller owns the list.")]
    public List<string> Labels()
    {
        lock (_gate)
        {
            Follow_NeedsLock();
            return [.. _labels.Keys];
        }
    }

    /// <summary>The values of a label, in any order; none where no series has it.</summary>
    [SuppressMessage("Design", "CA1002", Justification = "The caller owns the list.")]
    public List<string> Values(string label)
    {
        lock (_gate)
        {
            Follow_NeedsLock();
            return _labels.TryGetValue(label, out var values) ? [.. values.Keys] : [];
        }
    }

    /// <summary>
    /// The shortest list at hand that holds every series meeting all conditions, ascending, and others too: who asks looks at each. All series where there is no condition.
    /// </summary>
    /// <param name="conditions">What they must meet.</param>
    /// <param name="from">Only series of this number and greater ones.</param>
    /// <param name="cancellationToken">Ends the tests.</param>
    public ReadOnlyMemory<int> Narrow(IReadOnlyList<LabelCondition> conditions, int from = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        ReadOnlyMemory<int>? least = null;
        var tested = new List<(Func<string, bool> Test, (string Value, ReadOnlyMemory<int> Series)[] Values)>();
        int known;
        lock (_gate)
        {
            Follow_NeedsLock();
            known = _known;
            foreach (var condition in conditions)
            {
                if (condition.Value is not { } value) continue;
                if (!_labels.TryGetValue(condition.Label, out var values) || !values.TryGetValue(value, out var posting)) return default;
                var found = posting.From(from);
                if (least is null || found.Length < least.Value.Length) least = found;
            }

            foreach (var condition in conditions)
            {
                if (condition.Test is null) continue;
                if (!_labels.TryGetValue(condition.Label, out var values)) return default;
                // Worth it where there are fewer values to test than series.
                if (values.Count >= (least?.Length ?? known - from)) continue;
                tested.Add((condition.Test, [.. values.Select(one => (one.Key, one.Value.From(from)))]));
            }
        }

        // A test may take as long as a regular expression does, and everybody who reads a catalog asks here.
        foreach (var (test, values) in tested)
        {
            if (least is { } list && values.Length >= list.Length) continue;
            var found = Union(values, test, cancellationToken);
            if (least is null || found.Length < least.Value.Length) least = found;
        }

        return least ?? Enumerable.Range(from, Math.Max(0, known - from)).ToArray();
    }

    private static int[] Union((string Value, ReadOnlyMemory<int> Series)[] values, Func<string, bool> test, CancellationToken cancellationToken)
    {
        var found = new List<int>();
        foreach (var (value, series) in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Of those that are asked for none may have the value.
            if (series.Length > 0 && test(value)) found.AddRange(series.Span);
        }

        found.Sort();
        return [.. found];
    }

    private void Follow_NeedsLock()
    {
        for (var count = catalog.Count; _known < count; _known++)
        {
            var key = catalog[_known];
            Add_NeedsLock(Name, key.Name);
            foreach (var (label, value) in key.Tags)
            {
                if (label != Name) Add_NeedsLock(label, value);
            }
        }
    }

    private void Add_NeedsLock(string label, string value)
    {
        if (!_labels.TryGetValue(label, out var values)) _labels[label] = values = new(StringComparer.Ordinal);
        if (!values.TryGetValue(value, out var posting)) values[value] = posting = new();
        posting.Add(_known);
    }

    // Numbers ascend. An array is only ever written behind what was given out.
    private sealed class Posting
    {
        private int[] _series = new int[1];
        private int _count;

        public void Add(int series)
        {
            if (_count == _series.Length) Array.Resize(ref _series, _count * 2);
            _series[_count++] = series;
        }

        public ReadOnlyMemory<int> From(int least)
        {
            if (least == 0) return _series.AsMemory(0, _count);
            var at = Array.BinarySearch(_series, 0, _count, least);
            if (at < 0) at = ~at;
            return _series.AsMemory(at, _count - at);
        }
    }
}
