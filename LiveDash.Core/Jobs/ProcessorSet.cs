using System.Numerics;
using System.Runtime.InteropServices;

namespace LiveDash.Core.Jobs;

/// <summary>The processors that this process may use, as Linux told at its start (sched_getaffinity(2); up to 1,024). Elsewhere nothing is known and nothing done. Thread-safe.</summary>
internal static partial class ProcessorSet
{
    private const int Words = 16;
    private static readonly ulong[]? s_others = WithoutFirst();

    /// <summary>Keeps a thread from the first of them, where there are several.</summary>
    /// <param name="thread">The system's number of the thread; 0 is the calling one.</param>
    internal static void LeaveFirst(uint thread)
    {
        if (s_others is { } others) _ = sched_setaffinity((int)thread, Words * sizeof(ulong), others);
    }

    private static ulong[]? WithoutFirst()
    {
        if (!OperatingSystem.IsLinux()) return null;
        var all = new ulong[Words];
        if (sched_getaffinity(Environment.ProcessId, Words * sizeof(ulong), all) < 0 || all.Sum(BitOperations.PopCount) < 2) return null;
        var first = Array.FindIndex(all, static word => word != 0);
        all[first] &= all[first] - 1;
        return all;
    }

    [LibraryImport("libc")]
    private static partial int sched_getaffinity(int thread, nint size, [Out] ulong[] mask);

    [LibraryImport("libc")]
    private static partial int sched_setaffinity(int thread, nint size, [In] ulong[] mask);
}
