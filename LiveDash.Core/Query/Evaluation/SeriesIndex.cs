using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>The labels of all series of a catalog, and which have a name. Grows as the catalog does and is bounded by it. Thread-safe.</summary>
internal sealed class SeriesIndex(SeriesCatalog catalog)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<SourceSeries>> _byName = new(StringComparer.Ordinal);
    private readonly List<SourceSeries> _all = [];

    /// <summary>The series that are chosen, in the order of their labels.</summary>
    public List<SourceSeries> Select(SeriesChoice choice)
    {
        var name = choice.Name;
        SourceSeries[] candidates;
        lock (_gate)
        {
            Extend_NeedsLock();
            candidates = name is null ? [.. _all] : _byName.TryGetValue(name, out var found) ? [.. found] : [];
        }

        var chosen = new List<SourceSeries>();
        foreach (var series in candidates)
        {
            if (choice.Matches(series.Labels)) chosen.Add(series);
        }

        chosen.Sort(static (a, b) => a.Labels.CompareTo(b.Labels));
        return chosen;
    }

    /// <summary>The name that matchers ask for; null where they ask for none exactly.</summary>
    public static string? NameOf(IReadOnlyList<LabelMatcher> matchers) => matchers.FirstOrDefault(static one => one is { Label: LabelNames.Name, Kind: MatchKind.Equal })?.Value;

    /// <summary>Whether labels match.</summary>
    public static bool Matches(IReadOnlyList<LabelMatcher> matchers, LabelSet labels)
    {
        for (var i = 0; i < matchers.Count; i++)
        {
            if (!matchers[i].Matches(labels[matchers[i].Label])) return false;
        }

        return true;
    }

    private void Extend_NeedsLock()
    {
        for (var i = _all.Count; i < catalog.Count; i++)
        {
            var series = new SourceSeries(i, LabelSet.Of(catalog[i]));
            _all.Add(series);
            if (!_byName.TryGetValue(series.Labels.Name, out var named)) _byName[series.Labels.Name] = named = [];
            named.Add(series);
        }
    }
}
