using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LiveDash.Benchmarks;

/// <summary>
/// The processor time of the calling thread on Linux, so that other processes' turns on a shared machine do not count; elsewhere the time that
/// passed. Figures that hang on other threads or I/O must not use it.
/// </summary>
internal static partial class CpuClock
{
    private const int ThreadCpuTime = 3;

    /// <summary>Nanoseconds since some moment of the thread.</summary>
    public static double Nanoseconds
    {
        get
        {
            if (!OperatingSystem.IsLinux() || GetTime(ThreadCpuTime, out var now) != 0)
            {
                return Stopwatch.GetTimestamp() * 1e9 / Stopwatch.Frequency;
            }

            return (now.Seconds * 1e9) + now.Nanoseconds;
        }
    }

    /// <summary>What the figures are, for the first line of a report.</summary>
    public static string Name => OperatingSystem.IsLinux() ? "thread CPU time" : "elapsed time";

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Moment now);

    [StructLayout(LayoutKind.Sequential)]
    private struct Moment
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
