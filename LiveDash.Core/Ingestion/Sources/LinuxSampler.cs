using System.Globalization;
using LiveDash.Core.Ingestion.Sources.Proc;

namespace LiveDash.Core.Ingestion.Sources;

/// <summary>Linux, from /proc and /sys. Each file may be missing or unreadable (containers, old kernels): then its series are absent.</summary>
internal sealed class LinuxSampler : IHostSampler
{
    private const int SectorBytes = 512;
    // /proc/mounts changes seldom and is long in containers.
    private static readonly long s_mountsAge = 30 * TimeSpan.TicksPerSecond;
    // These cost more: every process is looked at.
    private static readonly long s_detailsAge = 5 * TimeSpan.TicksPerSecond;
    private static readonly string[] s_modes = ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"];
    private static readonly string[] s_pressures = ["cpu", "memory", "io"];
    private readonly string _root;
    private readonly Dictionary<string, long[]> _cpus = [];
    private readonly Dictionary<string, bool> _wholeDisks = [];
    private readonly KernelFiles _files;
    private readonly LinuxDetails _details;
    private IReadOnlyList<Mount> _mounts = [];
    private long _mountsRead = long.MinValue / 2;
    private long _detailsRead = long.MinValue / 2;

    /// <param name="root">Where /proc and /sys stand: empty, or a directory of fixtures.</param>
    public LinuxSampler(string root = "")
    {
        _root = root;
        _files = new KernelFiles(root);
        _details = new LinuxDetails(_files);
    }

    public void Sample(HostSample sample)
    {
        Cpu(sample);
        Load(sample);
        Memory(sample);
        Pressure(sample);
        Disks(sample);
        Space(sample);
        Network(sample);
        Temperatures(sample);
        if (TryRead("/proc/uptime", out var uptime) && ProcText.TryFirstNumber(uptime, out var seconds)) sample.Gauge("host.uptime_seconds", seconds);
        SelfSampler.Sample(sample);
        if (sample.Now - _detailsRead < s_detailsAge) return;
        _details.Sample(sample, _mounts, IsWholeDisk);
        _detailsRead = sample.Now;
    }

    private void Cpu(HostSample sample)
    {
        if (!TryRead("/proc/stat", out var text)) return;
        var stat = ProcStat.Parse(text);
        foreach (var cpu in stat.Cpus)
        {
            var known = _cpus.TryGetValue(cpu.Name, out var last);
            _cpus[cpu.Name] = cpu.Jiffies;
            if (!known || CpuShares.Between(last!, cpu.Jiffies) is not { } shares) continue;
            if (cpu.Name != "cpu")
            {
                sample.Gauge("cpu.usage", shares.Usage, "cpu", cpu.Name[3..]);
                continue;
            }

            sample.Gauge("cpu.usage", shares.Usage);
            for (var i = 0; i < s_modes.Length; i++) sample.Gauge("cpu.mode", shares.Modes[i], "mode", s_modes[i]);
        }

        if (stat.Running is { } running) sample.Gauge("proc.running", running);
        if (stat.ContextSwitches is { } switches) sample.Rate("proc.context_switches", switches);
        if (CountProcesses() is { } count) sample.Gauge("proc.count", count);
    }

    private void Load(HostSample sample)
    {
        if (!TryRead("/proc/loadavg", out var text) || !ProcLoad.TryParse(text, out var load)) return;
        sample.Gauge("load.1m", load.One);
        sample.Gauge("load.5m", load.Five);
        sample.Gauge("load.15m", load.Fifteen);
        sample.Gauge("proc.threads", load.Threads);
    }

    private void Memory(HostSample sample)
    {
        if (!TryRead("/proc/meminfo", out var text)) return;
        var memory = ProcMemory.Parse(text);
        if (memory is { Total: > 0 and var total, Available: { } available })
        {
            sample.Gauge("mem.total_bytes", total);
            sample.Gauge("mem.available_bytes", available);
            sample.Gauge("mem.used_bytes", total - available);
            sample.Gauge("mem.used_percent", 100.0 * (total - available) / total);
        }

        if (memory.Cached is { } cached) sample.Gauge("mem.cached_bytes", cached);
        if (memory is { SwapTotal: > 0 and var swap, SwapFree: { } free })
        {
            sample.Gauge("swap.total_bytes", swap);
            sample.Gauge("swap.used_bytes", swap - free);
            sample.Gauge("swap.used_percent", 100.0 * (swap - free) / swap);
        }
    }

    private void Pressure(HostSample sample)
    {
        foreach (var resource in s_pressures)
        {
            if (!TryRead("/proc/pressure/" + resource, out var text)) continue;
            // Microseconds stalled per second of time, as a percentage.
            foreach (var line in ProcPressure.Parse(text)) sample.Rate($"pressure.{resource}", line.TotalMicroseconds, "kind", line.Kind, scale: 1e-4);
        }
    }

    private void Disks(HostSample sample)
    {
        if (!TryRead("/proc/diskstats", out var text)) return;
        foreach (var disk in ProcDisks.Parse(text))
        {
            // One that was never used is a loop or ram device waiting; a partition's figures are in its disk's already.
            if (disk.Reads + disk.Writes == 0 || !IsWholeDisk(disk.Name)) continue;
            sample.Rate("disk.read_bytes", disk.SectorsRead * (double)SectorBytes, "device", disk.Name);
            sample.Rate("disk.write_bytes", disk.SectorsWritten * (double)SectorBytes, "device", disk.Name);
            sample.Rate("disk.read_ops", disk.Reads, "device", disk.Name);
            sample.Rate("disk.write_ops", disk.Writes, "device", disk.Name);
            sample.Rate("disk.busy_percent", disk.BusyMs, "device", disk.Name, scale: 0.1);
        }
    }

    private void Space(HostSample sample)
    {
        if (sample.Now - _mountsRead >= s_mountsAge)
        {
            _mounts = TryRead("/proc/self/mountinfo", out var text) ? ProcMounts.Parse(text) : [];
            _mountsRead = sample.Now;
        }

        foreach (var mount in _mounts)
        {
            if (Directory.Exists(mount.Point)) DriveSpace.Sample(sample, mount.Point);
        }
    }

    private void Network(HostSample sample)
    {
        if (!TryRead("/proc/net/dev", out var text)) return;
        foreach (var net in ProcNet.Parse(text))
        {
            // One that never carried a byte is not in use.
            if (net.RxBytes + net.TxBytes == 0) continue;
            sample.Rate("net.rx_bytes", net.RxBytes, "if", net.Name);
            sample.Rate("net.tx_bytes", net.TxBytes, "if", net.Name);
            sample.Rate("net.rx_packets", net.RxPackets, "if", net.Name);
            sample.Rate("net.tx_packets", net.TxPackets, "if", net.Name);
            sample.Rate("net.rx_errors", net.RxErrors, "if", net.Name);
            sample.Rate("net.tx_errors", net.TxErrors, "if", net.Name);
            sample.Rate("net.rx_drops", net.RxDrops, "if", net.Name);
            sample.Rate("net.tx_drops", net.TxDrops, "if", net.Name);
        }
    }

    private void Temperatures(HostSample sample)
    {
        for (var zone = 0; zone < 64; zone++)
        {
            var directory = string.Create(CultureInfo.InvariantCulture, $"/sys/class/thermal/thermal_zone{zone}/");
            if (!TryRead(directory + "temp", out var text)) return;
            if (ProcText.TryFirstNumber(text, out var millidegrees)) sample.Gauge("temp.celsius", millidegrees / 1000, "zone", zone.ToString(CultureInfo.InvariantCulture));
        }
    }

    private bool IsWholeDisk(string name)
    {
        if (_wholeDisks.TryGetValue(name, out var whole)) return whole;
        // A slash in a device's name stands as '!' in /sys.
        return _wholeDisks[name] = Directory.Exists($"{_root}/sys/block/{name.Replace('/', '!')}");
    }

    private int? CountProcesses()
    {
        try
        {
            var count = 0;
            foreach (var directory in Directory.EnumerateDirectories(_root + "/proc"))
            {
                if (!Path.GetFileName(directory.AsSpan()).ContainsAnyExceptInRange('0', '9')) count++;
            }

            return count;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private bool TryRead(string path, out ReadOnlySpan<byte> text) => _files.TryRead(path, out text);
}
