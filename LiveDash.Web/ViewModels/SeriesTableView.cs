using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Web.ViewModels;

/// <summary>Every series as the table shows it: filtered, with a column for each of the commonest tags, in order. Immutable; made anew when asked for.</summary>
public sealed class SeriesTableView
{
    /// <summary>How many tags have a column of their own, if at least every third series has them; the others stand together.</summary>
    public const int MaxTagColumns = 3;

    private SeriesTableView(IReadOnlyList<string> tags, IReadOnlyList<SeriesRow> rows, int total) => (TagColumns, Rows, Total) = (tags, rows, total);

    /// <summary>Nothing.</summary>
    public static SeriesTableView Empty { get; } = new([], [], 0);

    /// <summary>The tag columns, the commonest first.</summary>
    public IReadOnlyList<string> TagColumns { get; }

    /// <summary>The lines.</summary>
    public IReadOnlyList<SeriesRow> Rows { get; }

    /// <summary>How many series there are before the filter.</summary>
    public int Total { get; }

    /// <summary>Makes it.</summary>
    /// <param name="catalog">The series.</param>
    /// <param name="stats">What is stored of each.</param>
    /// <param name="engine">The newest values; null where they are not wanted.</param>
    /// <param name="filter">Words that must all stand in the series' text, in any case.</param>
    /// <param name="order">The order.</param>
    public static SeriesTableView Of(SeriesCatalog catalog, IEnumerable<SeriesStats> stats, LiveEngine? engine, string filter, SeriesOrder order)
    {
        var words = filter.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var total = catalog.Count;
        var keys = new Dictionary<string, int>(StringComparer.Ordinal);
        var found = new List<int>();
        for (var i = 0; i < total; i++)
        {
            if (!Array.TrueForAll(words, word => catalog[i].ToString().Contains(word, StringComparison.OrdinalIgnoreCase))) continue;
            found.Add(i);
            foreach (var tag in catalog[i].Tags) keys[tag.Key] = keys.GetValueOrDefault(tag.Key) + 1;
        }

        var columns = keys.Where(pair => pair.Value * 3 >= found.Count).OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key, StringComparer.Ordinal).Take(MaxTagColumns).Select(static pair => pair.Key).ToArray();
        var rates = stats.ToDictionary(static one => one.Series, static one => one.Last > one.First ? one.Count / ((one.Last - one.First) / (double)TimeSpan.TicksPerSecond) : 0);
        var rows = found.ConvertAll(i => Row(i, catalog[i], columns, rates.GetValueOrDefault(i), engine));
        Sort(rows, columns, order);
        return new(columns, rows, total);
    }

    private static SeriesRow Row(int series, SeriesKey key, string[] columns, double rate, LiveEngine? engine)
    {
        var tags = new string[columns.Length];
        Array.Fill(tags, "");
        var others = "";
        foreach (var tag in key.Tags)
        {
            var at = Array.IndexOf(columns, tag.Key);
            if (at >= 0) tags[at] = tag.Value;
            else others += $"{(others.Length > 0 ? ", " : "")}{tag.Key}={tag.Value}";
        }

        var (value, time) = engine is not null && engine.TryReadLast(series, out var reading) && reading.Time != 0 ? (reading.Value, reading.Time) : (double.NaN, 0L);
        return new(series, key.Name, tags, others, value, time, rate);
    }

    private static void Sort(List<SeriesRow> rows, string[] columns, SeriesOrder order)
    {
        var at = Array.FindIndex(columns, tag => SeriesOrder.OfTag(tag) == order.Column);
        Comparison<SeriesRow> compare = order.Column switch
        {
            "value" => static (a, b) => Nullable.Compare(Known(a.Value), Known(b.Value)),
            "rate" => static (a, b) => a.Rate.CompareTo(b.Rate),
            "age" => static (a, b) => b.Time.CompareTo(a.Time),
            _ when at >= 0 => (a, b) => string.CompareOrdinal(a.Tags[at], b.Tags[at]),
            _ => static (a, b) => string.CompareOrdinal(a.Name, b.Name),
        };
        // Equal ones stand by name and tags, so that no line jumps about.
        rows.Sort((a, b) => compare(a, b) is var found and not 0 ? order.Down ? -found : found : ByText(a, b));
    }

    private static int ByText(SeriesRow a, SeriesRow b)
    {
        var names = string.CompareOrdinal(a.Name, b.Name);
        for (var i = 0; names == 0 && i < a.Tags.Count; i++) names = string.CompareOrdinal(a.Tags[i], b.Tags[i]);
        return names != 0 ? names : a.Series.CompareTo(b.Series);
    }

    private static double? Known(double value) => double.IsNaN(value) ? null : value;
}
