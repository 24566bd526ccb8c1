using LiveDash.Core.Configuration;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Web.ViewModels;

/// <summary>Reckons what window settings match and cost, with the series there are and the rate of each. For one circuit.</summary>
public sealed class WindowLedger(SeriesCatalog catalog, IPointStore store, TimeProvider clock)
{
    private const int MaxNamed = 3;
    private readonly Dictionary<string, double> _nanoseconds = new(StringComparer.Ordinal);

    /// <summary>Of the series that the chosen one decides the one of most stored points: what it does shows best there. Empty for none; known once it was weighed.</summary>
    public string Typical { get; private set; } = "";

    /// <summary>The lines of the list, what the chosen one costs, and the first series it decides.</summary>
    /// <param name="draft">As edited.</param>
    /// <param name="inForce">In force.</param>
    /// <param name="chosen">The chosen override; -1 for the default.</param>
    /// <param name="asked">Aggregates beyond those always computed.</param>
    public (IReadOnlyList<WindowRow> Rows, WindowCosts Cost, IReadOnlyList<string> Matching) Weigh(WindowSettingsDraft draft, WindowPlan inForce, int chosen, IReadOnlyList<string> asked)
    {
        var needs = asked.Select(AggregateSpec.Parse).ToList();
        var patterns = draft.Overrides.Select(static one => SeriesPattern.TryParse(one.Series.Trim(), out var pattern) ? pattern : null).ToList();
        var choices = draft.Overrides.Select(Read).Append(WindowSpec.TryParse(draft.Default, out var spec, out _) ? new WindowChoice(spec, WindowOptions.Default.AllowedLateness) : null).ToList();
        var (matches, after) = (new int[choices.Count], new double[choices.Count]);
        var (before, allBefore, allAfter) = (0.0, 0.0, 0.0);
        var names = new List<string>();
        WindowChoice? first = null;
        (Typical, var most) = ("", -1L);
        var stats = store.GetStats().ToDictionary(static one => one.Series);
        for (var i = 0; i < catalog.Count; i++)
        {
            var key = catalog[i];
            var at = patterns.FindIndex(pattern => pattern?.Matches(key) ?? false);
            if (at < 0) at = patterns.Count;
            var (rate, stored) = stats.TryGetValue(i, out var known) ? (Rate(known), known.Count) : (0, 0L);
            var now = inForce.Choose(key);
            var bytesNow = WindowCost.Bytes(WindowCost.Held(now.Spec, rate, stored), at == Place(chosen) ? needs : []);
            var bytesThen = choices[at] is { } choice ? WindowCost.Bytes(WindowCost.Held(choice.Spec, rate, stored), at == Place(chosen) ? needs : []) : bytesNow;
            matches[at]++;
            after[at] += bytesThen;
            (allBefore, allAfter) = (allBefore + bytesNow, allAfter + bytesThen);
            if (at != Place(chosen)) continue;
            before += bytesNow;
            first ??= now;
            if (names.Count < MaxNamed) names.Add(key.ToString());
            if (stored > most) (Typical, most) = (key.ToString(), stored);
        }

        var rows = draft.Overrides.Select((one, i) => new WindowRow(i, one.Series, choices[i], matches[i], after[i], Nanoseconds(choices[i], []), draft.IsEdited(i)))
            .Append(new WindowRow(-1, "", choices[^1], matches[^1], after[^1], Nanoseconds(choices[^1], []), draft.IsDefaultEdited))
            .ToList();
        var place = Place(chosen);
        var cost = new WindowCosts(matches[place], before, after[place], Nanoseconds(first ?? inForce.Default, asked), Nanoseconds(choices[place], asked), allBefore, allAfter);
        return (rows, cost, names);

        int Place(int index) => index < 0 ? patterns.Count : index;
    }

    /// <summary>True where a line's pattern or a series it decides has the text in it.</summary>
    public bool Finds(WindowRow row, string text) =>
        row.Series.Contains(text, StringComparison.OrdinalIgnoreCase)
        || (SeriesPattern.TryParse(row.Index < 0 ? "*" : row.Series.Trim(), out var pattern)
            && SeriesSearch.Find(catalog, text).Shown.Any(key => row.Index < 0 || pattern!.Matches(key)));

    /// <summary>The series that a line decides.</summary>
    public IReadOnlyList<SeriesKey> SeriesOf(WindowSettingsDraft draft, int index)
    {
        var patterns = draft.Overrides.Select(static one => SeriesPattern.TryParse(one.Series.Trim(), out var pattern) ? pattern : null).ToList();
        return [.. Enumerable.Range(0, catalog.Count).Select(i => catalog[i]).Where(key => patterns.FindIndex(pattern => pattern?.Matches(key) ?? false) == index)];
    }

    private static double Rate(SeriesStats stats)
    {
        var seconds = (stats.Last - stats.First) / (double)TimeSpan.TicksPerSecond;
        return seconds > 0 ? stats.Count / seconds : 0;
    }

    private static WindowChoice? Read(WindowOverride one) =>
        WindowSpec.TryParse(one.Window, out var spec, out _) && WindowSettingsValidator.TryReadLateness(one.Lateness, out var lateness) ? new WindowChoice(spec, lateness) : null;

    private double Nanoseconds(WindowChoice? choice, IReadOnlyList<string> asked)
    {
        if (choice is null) return double.NaN;
        var key = $"{choice.Spec} {string.Join(',', asked)}";
        if (!_nanoseconds.TryGetValue(key, out var known)) _nanoseconds[key] = known = WindowCost.Nanoseconds(choice.Spec, [.. asked.Select(AggregateSpec.Parse)], clock);
        return known;
    }
}
