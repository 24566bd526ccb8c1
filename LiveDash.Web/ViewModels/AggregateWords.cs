namespace LiveDash.Web.ViewModels;

/// <summary>The aggregates that a window can be asked for, with what each means. Pure.</summary>
public static class AggregateWords
{
    /// <summary>Those that every window knows at no further cost.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Always { get; } =
    [
        ("count", "how many points"), ("sum", "their sum"), ("mean", "their mean"), ("min", "the least value"), ("max", "the greatest value"),
        ("first", "the oldest value"), ("last", "the newest value"), ("std", "the population standard deviation"),
        ("rate", "the increase a second between first and last point; a fall is a counter's reset"), ("slope", "the least-squares line's slope, a second"),
    ];

    /// <summary>Those that are computed while a panel, a rule or this page asks.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> OnDemand { get; } =
    [
        ("p50", "the median"), ("p90", "90 % of the points are at most this"), ("p95", "95 % of the points are at most this"), ("p99", "99 % of the points are at most this"),
        ("distinct", "how many different values"), ("mad", "the median distance from the median"), ("zscore", "how far the newest value is from the median, in robust deviations"),
        ("ewma 30s", "a mean in which a point counts half as much every 30 s"), ("twmean", "the mean weighted by how long each value stood"), ("r2", "how well a line fits, 0 to 1"),
        ("forecast", "the next value, by Holt-Winters smoothing"),
    ];

    /// <summary>What one means; empty for one that is not listed.</summary>
    public static string Meaning(string name) => Always.Concat(OnDemand).FirstOrDefault(one => one.Name == name).Meaning ?? "";
}
