using System.Collections.Frozen;

namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>
/// The names of the series that this machine's own metrics use (docs of the host source list them); a test compares them with what is sampled. Whatever has
/// another name was sent by somebody, also where it begins alike (<c>net.latency</c>). Immutable.
/// </summary>
internal static class HostNames
{
    private static readonly FrozenSet<string> s_all = FrozenSet.Create(
        StringComparer.Ordinal,
        "cpu.usage", "cpu.mode", "cpu.interrupts", "cpu.soft_interrupts", "load.1m", "load.5m", "load.15m", "host.uptime_seconds",
        "mem.total_bytes", "mem.available_bytes", "mem.used_bytes", "mem.used_percent", "mem.cached_bytes", "swap.total_bytes", "swap.used_bytes", "swap.used_percent",
        "disk.total_bytes", "disk.free_bytes", "disk.used_bytes", "disk.used_percent", "disk.read_bytes", "disk.write_bytes", "disk.read_ops", "disk.write_ops",
        "disk.busy_percent", "disk.queue", "disk.read_latency_ms", "disk.write_latency_ms", "fs.inodes_used_percent",
        "net.rx_bytes", "net.tx_bytes", "net.rx_packets", "net.tx_packets", "net.rx_errors", "net.tx_errors", "net.rx_drops", "net.tx_drops", "net.sockets", "net.sockets_in_use",
        "pressure.cpu", "pressure.memory", "pressure.io", "pressure.irq",
        "proc.running", "proc.count", "proc.threads", "proc.context_switches", "process.cpu_percent", "process.mem_bytes", "process.disk_bytes",
        "cgroup.cpu_percent", "cgroup.mem_bytes", "cgroup.processes", "systemd.failed_units",
        "sensor.celsius", "sensor.fan_rpm", "sensor.volts", "sensor.watts", "temp.celsius",
        "self.cpu", "self.rss_bytes", "self.heap_bytes", "self.threads", "self.allocated_bytes", "self.gc_pause_percent");

    /// <summary>True for a name of theirs.</summary>
    public static bool Has(string name) => s_all.Contains(name) || name == HostDashboard.FailedSignIns;
}
