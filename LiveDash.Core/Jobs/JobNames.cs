using LiveDash.Core.Plots;

namespace LiveDash.Core.Jobs;

/// <summary>How requests and answers spell kinds, statuses and the like, and back. Pure.</summary>
public static class JobNames
{
    private static readonly (string Name, PlotKind Kind)[] Kinds =
    [
        ("line", PlotKind.Line), ("scatter", PlotKind.Scatter), ("map", PlotKind.Map), ("histogram", PlotKind.Histogram), ("box", PlotKind.Box),
        ("bar-hour", PlotKind.BarHour), ("bar-tag", PlotKind.BarTag), ("heatmap-week", PlotKind.HeatmapWeek), ("heatmap-grid", PlotKind.HeatmapGrid),
        ("correlation", PlotKind.Correlation), ("sparkline", PlotKind.Sparkline),
    ];

    /// <summary>Every kind's name, in the order in which people are offered them.</summary>
    public static IReadOnlyList<string> KindNames { get; } = [.. Kinds.Select(static k => k.Name)];

    /// <summary>The name of a kind, such as <c>bar-hour</c>.</summary>
    public static string Of(PlotKind kind) => Kinds.First(k => k.Kind == kind).Name;

    /// <summary>The name of a status, aggregate, format or priority: lower case.</summary>
    public static string Of<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>The kind of a name.</summary>
    public static bool TryKind(string name, out PlotKind kind)
    {
        kind = Kinds.FirstOrDefault(k => k.Name == name).Kind;
        return kind != default || name == Kinds[0].Name;
    }

    /// <summary>The value of a name in lower case; numbers are not names.</summary>
    public static bool TryName<T>(string name, out T value) where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (Of(candidate) != name) continue;
            value = candidate;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>All names of an enumeration, for a message.</summary>
    public static string All<T>() where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(static v => Of(v)));
}
