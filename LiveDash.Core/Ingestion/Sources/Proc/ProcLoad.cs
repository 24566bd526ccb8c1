namespace LiveDash.Core.Ingestion.Sources.Proc;

/// <summary>/proc/loadavg: <c>3.66 2.98 2.00 4/202 31261</c>. Immutable.</summary>
internal readonly record struct ProcLoad(double One, double Five, double Fifteen, long Threads)
{
    /// <summary>Reads the file.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ProcLoad load)
    {
        load = default;
        var file = new ProcText(text);
        if (!file.TryNumber(out double one) || !file.TryNumber(out double five) || !file.TryNumber(out double fifteen)) return false;
        if (!file.Until((byte)'/', out _) || !file.TryNumber(out long threads)) return false;
        load = new(one, five, fifteen, threads);
        return true;
    }
}
