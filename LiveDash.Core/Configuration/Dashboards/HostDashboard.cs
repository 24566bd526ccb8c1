using LiveDash.Core.Model;

namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>
/// The dashboard that makes itself: the host's own metrics where they are, and a chart for each name of series that somebody sends, so that the first
/// point sent with curl is on screen without a click. Pure; the same catalog gives the same dashboard.
/// </summary>
public static class HostDashboard
{
    /// <summary>Its id.</summary>
    public const string Id = "host";

    /// <summary>How many names of series sent by others get a chart; the rest is for a person to choose.</summary>
    public const int MaxOthers = 12;

    private static readonly string[] s_hostPrefixes = ["cpu.", "mem.", "swap.", "disk.", "net.", "load.", "pressure.", "proc.", "process.", "self.", "host.", "fs.", "system."];

    private static readonly (TileKind Kind, string Title, string[] AnyOf)[] s_parts =
    [
        (TileKind.Stat, "CPU", ["cpu.usage"]),
        (TileKind.Stat, "Memory", ["mem.used_percent"]),
        (TileKind.Stat, "Disk /", ["disk.used_percent{mount=/}"]),
        (TileKind.Stat, "Load, 1 min", ["load.1", "load.1m", "load1", "load"]),
        (TileKind.Chart, "CPU", ["cpu.usage"]),
        (TileKind.Chart, "Network received", ["net.rx_bytes"]),
        (TileKind.Chart, "Memory", ["mem.used_percent"]),
        (TileKind.Chart, "Network sent", ["net.tx_bytes"]),
    ];

    /// <summary>Makes it from the series there are.</summary>
    public static Dashboard Make(SeriesCatalog catalog)
    {
        var names = new Dictionary<string, List<SeriesKey>>(StringComparer.Ordinal);
        for (var i = 0; i < catalog.Count; i++)
        {
            var key = catalog[i];
            if (!names.TryGetValue(key.Name, out var keys)) names.Add(key.Name, keys = []);
            keys.Add(key);
        }

        var dashboard = new Dashboard { Id = Id, Name = "This machine", IsAutomatic = true };
        foreach (var (kind, title, anyOf) in s_parts)
        {
            var series = anyOf.Select(text => Choose(names, text)).FirstOrDefault(found => found.Count > 0);
            if (series is not null) dashboard = DashboardLayout.Add(dashboard, Tile(kind, title, series, dashboard.Tiles.Count));
        }

        var others = names.Keys.Where(name => !IsHosts(name)).Take(MaxOthers);
        foreach (var name in others) dashboard = DashboardLayout.Add(dashboard, Tile(TileKind.Chart, "", Choose(names, name), dashboard.Tiles.Count));
        return dashboard;
    }

    /// <summary>True for the name of a series that the host's own metrics use.</summary>
    public static bool IsHosts(string name) => Array.Exists(s_hostPrefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private static DashboardTile Tile(TileKind kind, string title, IReadOnlyList<string> series, int index)
    {
        var (w, h) = DashboardLayout.DefaultSize(kind);
        return new DashboardTile { Id = $"t{index + 1}", Kind = kind, Title = title, Series = series, W = w, H = h };
    }

    // A name with several series becomes one pattern with a wildcard in each tag that differs; what comes later shows by itself.
    private static List<string> Choose(Dictionary<string, List<SeriesKey>> names, string text)
    {
        if (!SeriesKey.TryParse(text, out var wanted) || !names.TryGetValue(wanted!.Name, out var keys)) return [];
        if (wanted.Tags.Count > 0) return keys.Contains(wanted) ? [text] : [];
        if (keys is [var only]) return [only.ToString()];
        var chosen = new List<string>();
        if (keys.Exists(key => key.Tags.Count == 0)) chosen.Add(wanted.Name);
        foreach (var shape in keys.Where(key => key.Tags.Count > 0).GroupBy(key => string.Join(',', key.Tags.Select(tag => tag.Key))))
        {
            if (chosen.Count < DashboardTile.MaxPatterns) chosen.Add($"{wanted.Name}{{{string.Join(',', shape.First().Tags.Select(tag => tag.Key + "=*"))}}}");
        }

        return chosen;
    }
}
