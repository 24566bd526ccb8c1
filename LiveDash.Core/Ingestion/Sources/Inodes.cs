using System.Runtime.InteropServices;

namespace LiveDash.Core.Ingestion.Sources;

/// <summary>How many inodes of a file system are used, by the system's statvfs. Absent where there is none, or where the file system has no fixed number of them.</summary>
internal static partial class Inodes
{
    /// <summary>Takes one sample of a mounted file system; of the true one only, so not of fixtures.</summary>
    public static void Sample(HostSample sample, string root, string mount)
    {
        if (root.Length > 0 || !Environment.Is64BitProcess) return;
        Span<ulong> figures = stackalloc ulong[32];
        try
        {
            if (StatVfs(mount, ref MemoryMarshal.GetReference(figures)) != 0) return;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return;
        }

        // struct statvfs of 64-bit Linux: block size, fragment size, blocks, free, available, then inodes and those free.
        var (all, free) = (figures[5], figures[6]);
        if (all > 0 && free <= all) sample.Gauge("fs.inodes_used_percent", 100.0 * (all - free) / all, "mount", mount);
    }

    [LibraryImport("libc", EntryPoint = "statvfs", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatVfs(string path, ref ulong buffer);
}
