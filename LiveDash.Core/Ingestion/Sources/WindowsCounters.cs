using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace LiveDash.Core.Ingestion.Sources;

/// <summary>Processor time and memory of the whole machine on Windows, which .NET itself does not tell. Thread-safe.</summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsCounters
{
    /// <summary>Processor time in 100 ns, in the order of /proc/stat: user, 0, system, idle, 0...</summary>
    public static bool TryGetCpu(out long[] times)
    {
        times = [];
        if (!GetSystemTimes(out var idle, out var kernel, out var user)) return false;
        // Windows counts idle time as kernel time too.
        times = [user, 0, kernel - idle, idle, 0, 0, 0, 0];
        return true;
    }

    /// <summary>Physical memory in bytes.</summary>
    public static bool TryGetMemory(out long total, out long available)
    {
        var status = new MemoryStatus { Length = (uint)Marshal.SizeOf<MemoryStatus>() };
        var good = GlobalMemoryStatusEx(ref status);
        total = (long)status.TotalPhysical;
        available = (long)status.AvailablePhysical;
        return good;
    }

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetSystemTimes(out long idle, out long kernel, out long user);

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GlobalMemoryStatusEx(ref MemoryStatus status);

    [StructLayout(LayoutKind.Sequential)]
    private struct MemoryStatus
    {
        public uint Length;
        public uint Load;
        public ulong TotalPhysical;
        public ulong AvailablePhysical;
        public ulong TotalPageFile;
        public ulong AvailablePageFile;
        public ulong TotalVirtual;
        public ulong AvailableVirtual;
        public ulong AvailableExtendedVirtual;
    }
}
