namespace LiveDash.Core.Ingestion.Sources.Proc;

/// <summary>
/// /proc/stat: <c>cpu  78176 512 20551 2458059 1325 0 332 487 0 0</c> in jiffies, for all and for each processor, and some single figures.
/// Guest time is part of user time already. Immutable.
/// </summary>
internal sealed record ProcStat(IReadOnlyList<ProcStat.Cpu> Cpus, long? Running, long? ContextSwitches)
{
    private const int Modes = 8;

    /// <summary>Reads the file; lines it does not know are passed over.</summary>
    public static ProcStat Parse(ReadOnlySpan<byte> text)
    {
        var cpus = new List<Cpu>();
        long? running = null;
        long? switches = null;
        var file = new ProcText(text);
        while (file.NextLine(out var line))
        {
            var name = line.Word();
            if (name.StartsWith("cpu"u8))
            {
                if (TryParseCpu(ref line, ProcText.Text(name), out var cpu)) cpus.Add(cpu!);
            }
            else if (name.SequenceEqual("procs_running"u8) && line.TryNumber(out long count))
            {
                running = count;
            }
            else if (name.SequenceEqual("ctxt"u8) && line.TryNumber(out long total))
            {
                switches = total;
            }
        }

        return new(cpus, running, switches);
    }

    // Kernels before 2.6.11 give fewer columns: the missing ones are 0.
    private static bool TryParseCpu(ref ProcText line, string name, out Cpu? cpu)
    {
        var jiffies = new long[Modes];
        var count = 0;
        while (count < Modes && line.TryNumber(out long value)) jiffies[count++] = value;
        cpu = count >= 4 ? new Cpu(name, jiffies) : null;
        return cpu is not null;
    }

    /// <summary>One processor, or all as <c>cpu</c>: user, nice, system, idle, iowait, irq, softirq, steal.</summary>
    internal sealed record Cpu(string Name, long[] Jiffies);
}
