namespace LiveDash.Core.Ingestion.Sources.Proc;

/// <summary>
/// A line of /proc/diskstats: <c>254 0 vda 101648 16971 9790434 54689 86957 130203 15948696 53681 0 33080 116603 ...</c>: reads, merged, sectors (of 512 bytes
/// whatever the disk's), ms; the same for writes; running, busy ms. Immutable.
/// </summary>
internal readonly record struct ProcDisks(string Name, long Reads, long SectorsRead, long Writes, long SectorsWritten, long BusyMs)
{
    /// <summary>Reads the file; short lines are passed over.</summary>
    public static List<ProcDisks> Parse(ReadOnlySpan<byte> text)
    {
        var disks = new List<ProcDisks>();
        var file = new ProcText(text);
        Span<long> figures = stackalloc long[10];
        while (file.NextLine(out var line))
        {
            line.Word();
            line.Word();
            var name = line.Word();
            var count = 0;
            while (count < figures.Length && line.TryNumber(out long figure)) figures[count++] = figure;
            if (count == figures.Length) disks.Add(new(ProcText.Text(name), figures[0], figures[2], figures[4], figures[6], figures[9]));
        }

        return disks;
    }
}
