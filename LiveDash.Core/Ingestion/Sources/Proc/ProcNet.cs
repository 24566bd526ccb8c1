namespace LiveDash.Core.Ingestion.Sources.Proc;

/// <summary>
/// A line of /proc/net/dev: <c>eth0: 1107476738   32389    0    0    0     0          0         0  4100404   25136    0    0 ...</c>: received bytes,
/// packets, errors, drops and four more, then the same for sent. Immutable.
/// </summary>
internal readonly record struct ProcNet(
    string Name, long RxBytes, long RxPackets, long RxErrors, long RxDrops, long TxBytes, long TxPackets, long TxErrors, long TxDrops)
{
    /// <summary>Reads the file; the two heading lines have no colon after a name, or too few figures.</summary>
    public static List<ProcNet> Parse(ReadOnlySpan<byte> text)
    {
        var found = new List<ProcNet>();
        var file = new ProcText(text);
        Span<long> f = stackalloc long[12];
        while (file.NextLine(out var line))
        {
            if (!line.Until((byte)':', out var name)) continue;
            var count = 0;
            while (count < f.Length && line.TryNumber(out long figure)) f[count++] = figure;
            if (count == f.Length) found.Add(new(ProcText.Text(name), f[0], f[1], f[2], f[3], f[8], f[9], f[10], f[11]));
        }

        return found;
    }
}
