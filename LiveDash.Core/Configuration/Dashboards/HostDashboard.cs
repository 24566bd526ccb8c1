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

    /// <summary>The series whose points have a place, by the convention of <c>GET /get_points</c>: it gets a grid and not a chart.</summary>
    public const string LocatedName = "coords";

    /// <summary>LiveDash's own where people sign in: how often that failed since the last point.</summary>
    public const string FailedSignIns = "audit.failed_logins";

    private static readonly (string Title, string[] AnyOf)[] s_stats =
    [
        ("CPU", ["cpu.usage"]),
        ("Memory", ["mem.used_percent"]),
        ("Disk", ["disk.used_percent{mount=/}", "disk.used_percent{mount=C:\\}", "disk.used_percent{mount=*}"]),
        ("Load", ["load.1m"]),
    ];

    // What an operator looks for first stands first and open; what explains it stands below, folded.
    private static readonly (string Section, bool IsFolded, (string Title, string[] Lines)[] Charts)[] s_sections =
    [
        ("Processor", false,
        [
            ("CPU", ["cpu.usage", "cpu.mode{mode=user}", "cpu.mode{mode=system}", "cpu.mode{mode=iowait}"]),
            ("Load", ["load.1m", "load.5m", "load.15m"]),
        ]),
        ("Memory", false,
        [
            ("Memory", ["mem.used_bytes", "mem.cached_bytes"]),
            ("Waiting for CPU, memory, I/O", ["pressure.cpu{kind=some}", "pressure.memory{kind=some}", "pressure.io{kind=some}"]),
        ]),
        ("Disks", false,
        [
            ("Disk throughput", ["disk.read_bytes{device=*}", "disk.write_bytes{device=*}"]),
            ("Disk space used", ["disk.used_percent{mount=*}"]),
        ]),
        (Network, false,
        [
            (Network, []),
            ("Network errors and drops", ["net.rx_errors{if=*}", "net.tx_errors{if=*}", "net.rx_drops{if=*}", "net.tx_drops{if=*}"]),
        ]),
        ("Processes and services", true,
        [
            ("CPU by process", ["process.cpu_percent{name=*}"]),
            ("Memory by process", ["process.mem_bytes{name=*}"]),
            ("Disk by process", ["process.disk_bytes{name=*}"]),
            ("Processes and threads", ["proc.count", "proc.running", "proc.threads"]),
            ("CPU by service", ["cgroup.cpu_percent{group=*}"]),
            ("Memory by service", ["cgroup.mem_bytes{group=*}"]),
            ("Failed units", ["systemd.failed_units"]),
        ]),
        ("Disks, memory and network in depth", true,
        [
            ("Disk latency", ["disk.read_latency_ms{device=*}", "disk.write_latency_ms{device=*}"]),
            ("Disk queue", ["disk.queue{device=*}"]),
            ("Disk operations", ["disk.read_ops{device=*}", "disk.write_ops{device=*}"]),
            ("Inodes used", ["fs.inodes_used_percent{mount=*}"]),
            ("Swap", ["swap.used_bytes"]),
            ("Interrupts", ["cpu.interrupts", "cpu.soft_interrupts"]),
            ("Sockets", ["net.sockets{state=*}"]),
            ("Packets", ["net.rx_packets{if=*}", "net.tx_packets{if=*}"]),
        ]),
        ("Sensors", true,
        [
            ("Temperature", ["sensor.celsius{sensor=*}", "temp.celsius{zone=*}"]),
            ("Fans", ["sensor.fan_rpm{sensor=*}"]),
            ("Power", ["sensor.watts{sensor=*}"]),
            ("Voltage", ["sensor.volts{sensor=*}"]),
        ]),
        ("LiveDash itself", true,
        [
            ("CPU of LiveDash", ["self.cpu"]),
            ("Memory of LiveDash", ["self.rss_bytes", "self.heap_bytes"]),
            ("Sign-ins that failed", [FailedSignIns]),
        ]),
    ];

    private const string Network = "Network";

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
        foreach (var (title, anyOf) in s_stats)
        {
            if (anyOf.FirstOrDefault(text => IsThere(names, text)) is { } series) dashboard = Add(dashboard, PanelKind.Stat, title, [series]);
        }

        // What somebody sends stands above the host's charts: it is what they are looking for.
        foreach (var name in names.Keys.Where(name => !IsHosts(name)).Take(MaxOthers))
        {
            dashboard = Add(dashboard, KindOf(names[name], catalog), "", Lines(names[name]));
        }

        dashboard = FillRow(dashboard);
        foreach (var (section, isFolded, charts) in s_sections)
        {
            List<(string Title, List<string> Lines)> there =
                [.. charts.Select(chart => (chart.Title, chart.Title == Network ? Interfaces(names) : chart.Lines.Where(text => IsThere(names, text)).ToList())).Where(static chart => chart.Item2.Count > 0)];
            if (there.Count == 0) continue;
            dashboard = AddBelow(dashboard, new DashboardPanel { Id = $"s-{StableHash(section):x}", Kind = PanelKind.Section, Title = section, W = DashboardLayout.Columns, H = 1, IsCollapsed = isFolded });
            var top = dashboard.Panels.Max(static panel => panel.Bottom);
            for (var i = 0; i < there.Count; i++) dashboard = Place(dashboard, Panel(PanelKind.Chart, there[i].Title, there[i].Lines), top, i);
            dashboard = FillRow(dashboard);
        }

        return dashboard;
    }

    /// <summary>
    /// The panels for series that came after a person had changed the dashboard and that no panel of it shows; empty for a dashboard that follows by itself,
    /// or is a person's from the beginning.
    /// </summary>
    public static IReadOnlyList<DashboardPanel> Missing(Dashboard dashboard, SeriesCatalog catalog)
    {
        if (dashboard.IsAutomatic || dashboard.KnownSeries is not { } known || known >= catalog.Count) return [];
        var shown = dashboard.Panels.SelectMany(static panel => panel.Series).Select(static text => SeriesPattern.TryParse(text, out var pattern) ? pattern : null).OfType<SeriesPattern>().ToList();
        var names = new Dictionary<string, List<SeriesKey>>(StringComparer.Ordinal);
        for (var i = known; i < catalog.Count; i++)
        {
            var key = catalog[i];
            if (shown.Exists(pattern => pattern.Matches(key)) || IsHosts(key.Name)) continue;
            if (!names.TryGetValue(key.Name, out var keys)) names.Add(key.Name, keys = []);
            keys.Add(key);
        }

        return [.. names.Take(MaxOthers).Select(pair => Panel(KindOf(pair.Value, catalog), "", Lines(pair.Value)))];
    }

    private static PanelKind KindOf(List<SeriesKey> keys, SeriesCatalog catalog) =>
        keys[0].Name == LocatedName ? PanelKind.Grid : keys.TrueForAll(key => catalog.States.Find(key) is { Texts.Count: > 0 }) ? PanelKind.States : PanelKind.Chart;

    /// <summary>True for the name of a series that the host's own metrics use.</summary>
    public static bool IsHosts(string name) => HostNames.Has(name);

    private static Dashboard AddBelow(Dashboard dashboard, DashboardPanel panel) =>
        dashboard with { Panels = [.. dashboard.Panels, panel with { X = 0, Y = dashboard.Panels.Select(static other => other.Bottom).DefaultIfEmpty().Max() }] };

    // A chart that is alone in the last row takes all of it: no hole stays beside it.
    private static Dashboard FillRow(Dashboard dashboard) => dashboard.Panels is [.., { Kind: PanelKind.Chart, X: 0 } last] && dashboard.Panels.All(panel => panel == last || panel.Bottom <= last.Y)
        ? dashboard with { Panels = [.. dashboard.Panels.SkipLast(1), last with { W = DashboardLayout.Columns }] }
        : dashboard;

    // Two side by side below the head of their section: what stands above it leaves holes that are none of theirs.
    private static Dashboard Place(Dashboard dashboard, DashboardPanel panel, int top, int index) =>
        dashboard with { Panels = [.. dashboard.Panels, panel with { X = index % 2 * panel.W, Y = top + (index / 2 * panel.H) }] };

    private static Dashboard Add(Dashboard dashboard, PanelKind kind, string title, IReadOnlyList<string> series) =>
        DashboardLayout.Add(dashboard, Panel(kind, title, series));

    private static DashboardPanel Panel(PanelKind kind, string title, IReadOnlyList<string> series)
    {
        var (w, h) = DashboardLayout.DefaultSize(kind);
        // As wide as two charts in a row leave room for, so that no gap stays beside it.
        if (kind == PanelKind.Grid) w = DashboardLayout.DefaultSize(PanelKind.Chart).W;
        // Named after what it shows, so that a panel keeps its place on the page when another comes before it.
        var id = $"{(kind == PanelKind.Stat ? "n" : kind == PanelKind.Grid ? "g" : kind == PanelKind.States ? "t" : "c")}-{StableHash(string.Join('|', series)):x}";
        return new DashboardPanel { Id = id, Kind = kind, Title = title, Series = series, W = w, H = h };
    }

    // FNV-1a: string.GetHashCode differs from run to run.
    private static int StableHash(string text)
    {
        var hash = 2166136261u;
        foreach (var letter in text) hash = (hash ^ letter) * 16777619u;
        return (int)(hash & int.MaxValue);
    }

    private static bool IsThere(Dictionary<string, List<SeriesKey>> names, string text) =>
        SeriesPattern.TryParse(text, out var pattern) && names.TryGetValue(pattern!.ExactKey.Name, out var keys) && keys.Exists(pattern.Matches);

    // Traffic of the machine with itself is not network traffic; where there is no other interface it is better than nothing.
    private static List<string> Interfaces(Dictionary<string, List<SeriesKey>> names)
    {
        var keys = names.GetValueOrDefault("net.rx_bytes", []).Concat(names.GetValueOrDefault("net.tx_bytes", [])).ToList();
        var outer = keys.Where(key => key.Tag("if") != "lo").ToList();
        return [.. (outer.Count > 0 ? outer : keys).OrderBy(key => key.Tag("if"), StringComparer.Ordinal).Select(key => key.ToString()).Take(DashboardPanel.MaxPatterns)];
    }

    // A name with several series becomes one pattern with a wildcard in each tag; what comes later shows by itself.
    private static List<string> Lines(List<SeriesKey> keys)
    {
        if (keys is [var only]) return [only.ToString()];
        var name = keys[0].Name;
        var lines = new List<string>();
        if (keys.Exists(key => key.Tags.Count == 0)) lines.Add(name);
        foreach (var shape in keys.Where(key => key.Tags.Count > 0).GroupBy(key => string.Join(',', key.Tags.Select(tag => tag.Key))))
        {
            if (lines.Count < DashboardPanel.MaxPatterns) lines.Add($"{name}{{{string.Join(',', shape.First().Tags.Select(tag => tag.Key + "=*"))}}}");
        }

        return lines;
    }
}
