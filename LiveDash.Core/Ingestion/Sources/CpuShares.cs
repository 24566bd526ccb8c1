namespace LiveDash.Core.Ingestion.Sources;

/// <summary>How processor time was spent between two readings, in percent. Immutable.</summary>
/// <param name="Usage">All but idle and waiting for disks.</param>
/// <param name="Modes">Each mode in the order of /proc/stat; they add up to 100.</param>
internal sealed record CpuShares(double Usage, IReadOnlyList<double> Modes)
{
    private const int Idle = 3;
    private const int IoWait = 4;

    /// <summary>The shares; null where no time passed. A mode that ran backwards (some kernels' iowait) counts as 0.</summary>
    public static CpuShares? Between(ReadOnlySpan<long> before, ReadOnlySpan<long> after)
    {
        var modes = new double[after.Length];
        double total = 0;
        for (var i = 0; i < modes.Length; i++)
        {
            modes[i] = Math.Max(0, after[i] - before[i]);
            total += modes[i];
        }

        if (total <= 0) return null;
        for (var i = 0; i < modes.Length; i++) modes[i] *= 100 / total;
        return new(Math.Clamp(100 - modes[Idle] - modes[IoWait], 0, 100), modes);
    }
}
