using System.Globalization;
using LiveDash.Core.Ingestion.Sources.Proc;

namespace LiveDash.Core.Ingestion.Sources;

/// <summary>
/// What an operator looks for next on Linux, every few seconds since it costs more: disk latency and queue, sockets by state, interrupts, inodes, sensors, control groups, units that failed. What cannot be read is absent.
/// </summary>
internal sealed class LinuxDetails(KernelFiles files)
{
    /// <summary>How many control groups are told, those with most processor time first.</summary>
    public const int MaxGroups = 40;

    // As include/net/tcp_states.h numbers them.
    private static readonly string[] s_tcpStates = ["", "established", "syn_sent", "syn_recv", "fin_wait1", "fin_wait2", "time_wait", "close", "close_wait", "last_ack", "listen", "closing"];
    private readonly Dictionary<string, (long Reads, long ReadMs, long Writes, long WriteMs)> _disks = [];
    private readonly LinuxProcesses _processes = new(files);
    private readonly FailedUnits _units = new();

    /// <summary>Takes one sample.</summary>
    /// <param name="sample">Takes the values.</param>
    /// <param name="mounts">The file systems that are told.</param>
    /// <param name="isWholeDisk">Whether a device is a disk and not a part of one.</param>
    public void Sample(HostSample sample, IReadOnlyList<Mount> mounts, Func<string, bool> isWholeDisk)
    {
        Disks(sample, isWholeDisk);
        Sockets(sample);
        Interrupts(sample);
        foreach (var mount in mounts) Inodes.Sample(sample, files.PathOf(""), mount.Point);
        Sensors(sample);
        Groups(sample);
        _processes.Sample(sample);
        if (files.PathOf("").Length == 0 && _units.Count(sample.Now) is { } failed) sample.Gauge("systemd.failed_units", failed);
    }

    private void Disks(HostSample sample, Func<string, bool> isWholeDisk)
    {
        if (!files.TryRead("/proc/diskstats", out var text)) return;
        var file = new ProcText(text);
        Span<long> figures = stackalloc long[11];
        while (file.NextLine(out var line))
        {
            line.Word();
            line.Word();
            var name = ProcText.Text(line.Word());
            var count = 0;
            while (count < figures.Length && line.TryNumber(out long figure)) figures[count++] = figure;
            if (count < figures.Length || figures[0] + figures[4] == 0 || !isWholeDisk(name)) continue;
            // Time that requests waited, in ms a second: how many were in the queue on average, times 1000.
            sample.Rate("disk.queue", figures[10], "device", name, scale: 0.001);
            if (_disks.TryGetValue(name, out var last))
            {
                if (figures[0] > last.Reads) sample.Gauge("disk.read_latency_ms", (figures[3] - last.ReadMs) / (double)(figures[0] - last.Reads), "device", name);
                if (figures[4] > last.Writes) sample.Gauge("disk.write_latency_ms", (figures[7] - last.WriteMs) / (double)(figures[4] - last.Writes), "device", name);
            }

            _disks[name] = (figures[0], figures[3], figures[4], figures[7]);
        }
    }

    private void Sockets(HostSample sample)
    {
        Span<int> counts = stackalloc int[s_tcpStates.Length];
        var found = false;
        foreach (var path in new[] { "/proc/net/tcp", "/proc/net/tcp6" })
        {
            // Bounded: a machine with more sockets than fit is told by /proc/net/sockstat.
            if (!files.TryRead(path, out var text, 1024 * 1024)) continue;
            found = true;
            var file = new ProcText(text);
            file.NextLine(out _);
            while (file.NextLine(out var line))
            {
                line.Word();
                line.Word();
                line.Word();
                if (int.TryParse(line.Word(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var state) && state > 0 && state < counts.Length) counts[state]++;
            }
        }

        for (var state = 1; found && state < counts.Length; state++) sample.Gauge("net.sockets", counts[state], "state", s_tcpStates[state]);
        if (!files.TryRead("/proc/net/sockstat", out var totals)) return;
        var lines = new ProcText(totals);
        while (lines.NextLine(out var line))
        {
            var kind = ProcText.Text(line.Word());
            if (kind is "TCP:" or "UDP:" && line.Word().SequenceEqual("inuse"u8) && line.TryNumber(out long inUse)) sample.Gauge("net.sockets_in_use", inUse, "kind", kind[..3].ToLowerInvariant());
        }
    }

    private void Interrupts(HostSample sample)
    {
        if (!files.TryRead("/proc/stat", out var text)) return;
        var file = new ProcText(text);
        while (file.NextLine(out var line))
        {
            var name = line.Word();
            if (name.SequenceEqual("intr"u8) && line.TryNumber(out long interrupts)) sample.Rate("cpu.interrupts", interrupts);
            else if (name.SequenceEqual("softirq"u8) && line.TryNumber(out long soft)) sample.Rate("cpu.soft_interrupts", soft);
        }
    }

    private void Sensors(HostSample sample)
    {
        // Two chips of one name are told apart by their place.
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var chip in files.Names("/sys/class/hwmon").Take(32))
        {
            var directory = $"/sys/class/hwmon/{chip}/";
            var name = files.TryRead(directory + "name", out var text, 256) ? ProcText.Text(new ProcText(text).Word()) : chip;
            foreach (var file in files.Names(directory).Where(static file => file.EndsWith("_input", StringComparison.Ordinal)).Take(64))
            {
                if (files.Number(directory + file) is not { } value) continue;
                var sensor = $"{name}/{file[..^6]}";
                if (!told.Add(sensor)) told.Add(sensor = $"{name}-{chip}/{file[..^6]}");
                if (file.StartsWith("temp", StringComparison.Ordinal)) sample.Gauge("sensor.celsius", value / 1000, "sensor", sensor);
                else if (file.StartsWith("fan", StringComparison.Ordinal)) sample.Gauge("sensor.fan_rpm", value, "sensor", sensor);
                else if (file.StartsWith("in", StringComparison.Ordinal)) sample.Gauge("sensor.volts", value / 1000, "sensor", sensor);
                else if (file.StartsWith("power", StringComparison.Ordinal)) sample.Gauge("sensor.watts", value / 1e6, "sensor", sensor);
            }
        }
    }

    // Version 2 of control groups: one tree. Services stand below system.slice, containers there or below docker, kubepods, machine.slice.
    private void Groups(HostSample sample)
    {
        const string Root = "/sys/fs/cgroup";
        if (files.Names(Root) is not { Count: > 0 } top || !top.Contains("cgroup.controllers")) return;
        var groups = new List<(string Name, string Path, double Seconds)>();
        foreach (var slice in top.Where(static name => name.EndsWith(".slice", StringComparison.Ordinal) || name is "docker" or "kubepods" or "lxc" or "machine"))
        {
            foreach (var group in files.Names($"{Root}/{slice}"))
            {
                if (group.Contains('.', StringComparison.Ordinal) && !group.EndsWith(".service", StringComparison.Ordinal) && !group.EndsWith(".scope", StringComparison.Ordinal) && !group.EndsWith(".slice", StringComparison.Ordinal)) continue;
                if (CpuSeconds($"{Root}/{slice}/{group}") is { } seconds) groups.Add((Short(group), $"{Root}/{slice}/{group}", seconds));
            }
        }

        foreach (var (name, path, seconds) in groups.DistinctBy(static group => group.Name).OrderByDescending(static group => group.Seconds).Take(MaxGroups))
        {
            sample.Rate("cgroup.cpu_percent", seconds, "group", name, scale: 100);
            if (files.Number(path + "/memory.current") is { } memory) sample.Gauge("cgroup.mem_bytes", memory, "group", name);
            if (files.Number(path + "/pids.current") is { } count) sample.Gauge("cgroup.processes", count, "group", name);
        }
    }

    private double? CpuSeconds(string path)
    {
        if (!files.TryRead(path + "/cpu.stat", out var text, 4096)) return null;
        var file = new ProcText(text);
        while (file.NextLine(out var line))
        {
            if (line.Word().SequenceEqual("usage_usec"u8) && line.TryNumber(out long microseconds)) return microseconds / 1e6;
        }

        return null;
    }

    // A container's id is told by its first twelve digits, as its tools do.
    private static string Short(string group)
    {
        var name = group.EndsWith(".service", StringComparison.Ordinal) || group.EndsWith(".scope", StringComparison.Ordinal) ? group[..group.LastIndexOf('.')] : group;
        var dash = name.LastIndexOf('-');
        var id = name[(dash + 1)..];
        return id.Length == 64 && !id.AsSpan().ContainsAnyExcept("0123456789abcdef") ? name[..(dash + 1)] + id[..12] : name;
    }
}
