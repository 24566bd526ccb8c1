using System.Runtime.CompilerServices;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>
/// The labels of all series of a catalog, and what was chosen among them: a choice that is made again looks only at the series that are new since. Grows as the catalog does and is bounded by it;
/// of choices at most <see cref="MaxChoices"/> are kept, of at most <see cref="MaxKept"/> series together, and all are forgotten where there are more. One for all who read a catalog. Thread-safe.
/// </summary>
internal sealed class SeriesIndex
{
    /// <summary>How many choices are kept.</summary>
    public const int MaxChoices = 4_096;

    /// <summary>How many series they hold together: 16 bytes each.</summary>
    public const int MaxKept = 500_000;

    private static readonly ConditionalWeakTable<SeriesCatalog, SeriesIndex> s_all = [];

    private readonly SeriesCatalog _catalog;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Known, SourceSeries[] Series)> _chosen = new(StringComparer.Ordinal);
    private LabelSet?[] _labels = [];
    private int _kept;

    private SeriesIndex(SeriesCatalog catalog) => _catalog = catalog;

    /// <summary>That of a catalog.</summary>
    public static SeriesIndex Of(SeriesCatalog catalog) => s_all.GetValue(catalog, static one => new SeriesIndex(one));

    /// <summary>The series that are chosen, in the order of their labels.</summary>
    public IReadOnlyList<SourceSeries> Select(SeriesChoice choice)
    {
        var count = _catalog.Count;
        (int Known, SourceSeries[] Series) last;
        lock (_gate) last = _chosen.GetValueOrDefault(choice.Key, (0, []));
        if (last.Known >= count) return last.Series;
        var found = new List<SourceSeries>();
        foreach (var series in _catalog.Postings.Narrow(choice.Conditions, last.Known).Span)
        {
            // What came meanwhile is looked at next time.
            if (series >= count) break;
            var labels = Labels(series);
            if (choice.Matches(labels)) found.Add(new(series, labels));
        }

        var chosen = last.Series;
        if (found.Count > 0)
        {
            chosen = [.. chosen, .. found];
            Array.Sort(chosen, static (a, b) => a.Labels.CompareTo(b.Labels));
        }

        Keep(choice.Key, count, chosen);
        return chosen;
    }

    /// <summary>The labels of a series; made once.</summary>
    public LabelSet Labels(int series)
    {
        lock (_gate)
        {
            if (series >= _labels.Length) Array.Resize(ref _labels, Math.Max(Math.Max(_catalog.Count, series + 1), 2 * _labels.Length));
            return _labels[series] ??= LabelSet.Of(_catalog[series]);
        }
    }

    private void Keep(string key, int known, SourceSeries[] chosen)
    {
        lock (_gate)
        {
            if (_chosen.Remove(key, out var before)) _kept -= before.Series.Length;
            if (chosen.Length > MaxKept) return;
            if (_chosen.Count >= MaxChoices || _kept + chosen.Length > MaxKept)
            {
                _chosen.Clear();
                _kept = 0;
            }

            _chosen[key] = (known, chosen);
            _kept += chosen.Length;
        }
    }
}
