using System.Globalization;
using LiveDash.Core.Ingestion.Sources.Proc;

namespace LiveDash.Core.Ingestion.Sources;

/// <summary>
/// The busiest processes by processor, memory and disk, those of one name taken together. Names only: what stands on a command line may be a secret. Bounded: <see cref="Top"/> of each figure a sample, and
/// <see cref="MaxNames"/> names in all, after which new ones are left out.
/// </summary>
internal sealed class LinuxProcesses(KernelFiles files)
{
    /// <summary>How many are told of each figure.</summary>
    public const int Top = 10;

    /// <summary>How many names there may be since the start.</summary>
    public const int MaxNames = 200;

    // A jiffy as user space sees it is a hundredth of a second on every Linux.
    private const double JiffiesPerSecond = 100;
    private readonly HashSet<string> _names = [];
    private Dictionary<int, (long Jiffies, long Bytes)> _last = [];
    private long _lastTicks;

    /// <summary>Takes one sample; processor and disk need two.</summary>
    public void Sample(HostSample sample)
    {
        var seconds = (sample.Now - _lastTicks) / (double)TimeSpan.TicksPerSecond;
        var now = new Dictionary<int, (long Jiffies, long Bytes)>();
        var names = new Dictionary<string, (double Cpu, double Memory, double Disk)>(StringComparer.Ordinal);
        foreach (var directory in files.Names("/proc"))
        {
            if (!int.TryParse(directory, CultureInfo.InvariantCulture, out var id) || !files.TryRead($"/proc/{directory}/stat", out var text, 4096)) continue;
            if (!TryStat(text, out var name, out var jiffies, out var pages)) continue;
            var bytes = DiskBytes(directory);
            now[id] = (jiffies, bytes);
            names.TryGetValue(name, out var sum);
            // An id that was given to another process may count less than before.
            var known = _last.TryGetValue(id, out var before) && jiffies >= before.Jiffies && bytes >= before.Bytes;
            names[name] = (
                sum.Cpu + (known ? (jiffies - before.Jiffies) / JiffiesPerSecond / seconds * 100 : 0),
                sum.Memory + pages * (double)Environment.SystemPageSize,
                sum.Disk + (known ? (bytes - before.Bytes) / seconds : 0));
        }

        if (_lastTicks > 0)
        {
            Tell(sample, "process.cpu_percent", names, static one => one.Cpu);
            Tell(sample, "process.disk_bytes", names, static one => one.Disk);
        }

        Tell(sample, "process.mem_bytes", names, static one => one.Memory);
        (_last, _lastTicks) = (now, sample.Now);
    }

    private void Tell(HostSample sample, string series, Dictionary<string, (double Cpu, double Memory, double Disk)> names, Func<(double Cpu, double Memory, double Disk), double> figure)
    {
        foreach (var (name, value) in names.Select(pair => (pair.Key, Value: figure(pair.Value))).Where(static one => one.Value > 0).OrderByDescending(static one => one.Value).Take(Top))
        {
            if (_names.Contains(name) || (_names.Count < MaxNames && _names.Add(name))) sample.Gauge(series, value, "name", name);
        }
    }

    // "4711 (name) S 1 ...": a name may hold spaces and brackets, so the last bracket counts.
    private static bool TryStat(ReadOnlySpan<byte> text, out string name, out long jiffies, out long pages)
    {
        (name, jiffies, pages) = ("", 0, 0);
        var (open, close) = (text.IndexOf((byte)'('), text.LastIndexOf((byte)')'));
        if (open < 0 || close < open + 2) return false;
        name = ProcText.Text(text[(open + 1)..close]);
        var rest = new ProcText(text[(close + 1)..]);
        for (var field = 3; field < 14; field++) rest.Word();
        if (!rest.TryNumber(out long user) || !rest.TryNumber(out long system)) return false;
        for (var field = 16; field < 24; field++) rest.Word();
        jiffies = user + system;
        return rest.TryNumber(out pages);
    }

    // Only of this user's own processes, unless he is root.
    private long DiskBytes(string directory)
    {
        if (!files.TryRead($"/proc/{directory}/io", out var text, 4096)) return 0;
        long total = 0;
        var file = new ProcText(text);
        while (file.NextLine(out var line))
        {
            var name = line.Word();
            if ((name.SequenceEqual("read_bytes:"u8) || name.SequenceEqual("write_bytes:"u8)) && line.TryNumber(out long bytes)) total += bytes;
        }

        return total;
    }
}
