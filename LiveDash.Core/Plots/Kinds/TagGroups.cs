namespace LiveDash.Core.Plots.Kinds;

/// <summary>Puts series into groups by the value of a tag. Immutable.</summary>
internal sealed class TagGroups
{
    private readonly int[] _groupOf;

    /// <summary>Groups the series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="by">The tag, or null for the one with most values; where there are no tags, the name.</param>
    /// <exception cref="PlotException">No series has the tag.</exception>
    internal TagGroups(IReadOnlyList<PlotSeries> series, string? by)
    {
        var tags = series.SelectMany(static s => s.Key.Tags).GroupBy(static t => t.Key).ToList();
        if (by is not null && series.Count > 0 && !tags.Exists(t => t.Key == by))
        {
            var known = tags.Count == 0 ? "they have no tags" : "they have " + string.Join(", ", tags.Select(static t => t.Key).Order());
            throw new PlotException($"by: none of the series has the tag '{by}'; {known}.");
        }

        By = by ?? tags.OrderByDescending(static t => t.Select(static v => v.Value).Distinct().Count()).ThenBy(static t => t.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;
        var numbers = new Dictionary<string, int>();
        var labels = new List<string>();
        _groupOf = new int[series.Count];
        for (var i = 0; i < series.Count; i++)
        {
            var label = By is null ? series[i].Key.Name : series[i].Key.Tag(By) ?? "(none)";
            if (!numbers.TryGetValue(label, out var number))
            {
                numbers[label] = number = labels.Count;
                labels.Add(label);
            }

            _groupOf[i] = number;
        }

        Labels = labels;
    }

    /// <summary>The tag; null where the groups are names of series.</summary>
    internal string? By { get; }

    /// <summary>The name of each group.</summary>
    internal IReadOnlyList<string> Labels { get; }

    /// <summary>The group of a series.</summary>
    internal int Of(int slot) => _groupOf[slot];
}
