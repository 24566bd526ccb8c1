using System.Globalization;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Web.ViewModels;

/// <summary>Which stored points a page streams in, as the browser's script takes it. Immutable.</summary>
/// <param name="Query">The parameters of <c>GET /api/points</c>: <c>series</c>, <c>from</c> and <c>to</c>.</param>
/// <param name="Expected">How many points there are now, or null where the range is bounded and nobody counted.</param>
/// <param name="Range">The bounds in milliseconds since 1970, or null.</param>
/// <param name="Labels">What axes are called, and the colours of the series.</param>
public sealed record PointSelection(string Query, long? Expected, double[]? Range, ExploreLabels Labels)
{
    /// <summary>Makes a selection.</summary>
    /// <param name="series">Series or patterns, at least one.</param>
    /// <param name="range">The range; <see cref="TimeRange.All"/> for everything.</param>
    /// <param name="catalog">The series there are.</param>
    /// <param name="store">Counts them.</param>
    public static PointSelection Make(IReadOnlyList<string> series, TimeRange range, SeriesCatalog catalog, IPointStore store)
    {
        var query = string.Join('&', series.Select(static text => "series=" + Uri.EscapeDataString(text)));
        var chosen = Choose(series, catalog);
        var labels = ExploreLabels.Of(chosen, catalog);
        if (range == TimeRange.All) return new(query, Count(chosen, store), null, labels);
        return new($"{query}&from={Iso(range.From)}&to={Iso(range.To)}", null, [Milliseconds(range.From), Milliseconds(range.To)], labels);
    }

    /// <summary>The points of a mapped collection.</summary>
    public static PointSelection OfCollection(string name, TimeRange range)
    {
        var query = "collection=" + Uri.EscapeDataString(name);
        return range == TimeRange.All
            ? new(query, null, null, ExploreLabels.Plain)
            : new($"{query}&from={Iso(range.From)}&to={Iso(range.To)}", null, [Milliseconds(range.From), Milliseconds(range.To)], ExploreLabels.Plain);
    }

    /// <summary>The series that texts name, each once.</summary>
    public static HashSet<int> Choose(IEnumerable<string> series, SeriesCatalog catalog) =>
        [.. series.SelectMany(text => SeriesPattern.TryParse(text, out var pattern) ? catalog.Match(pattern!) : [])];

    private static long Count(HashSet<int> chosen, IPointStore store) => store.GetStats().Where(stats => chosen.Contains(stats.Series)).Sum(static stats => stats.Count);

    private static string Iso(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);

    private static double Milliseconds(long ticks) => (ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMillisecond;
}
