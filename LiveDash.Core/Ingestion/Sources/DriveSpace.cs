namespace LiveDash.Core.Ingestion.Sources;

/// <summary>How full a file system is, as its users see it: what only root may use counts as used. Stateless.</summary>
internal static class DriveSpace
{
    /// <summary>Writes total, used and free bytes and the percentage; nothing where it cannot be read.</summary>
    public static void Sample(HostSample sample, string mount)
    {
        long total;
        long free;
        try
        {
            var drive = new DriveInfo(mount);
            if (!drive.IsReady) return;
            total = drive.TotalSize;
            free = drive.AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return;
        }

        if (total <= 0) return;
        sample.Gauge("disk.total_bytes", total, "mount", mount);
        sample.Gauge("disk.free_bytes", free, "mount", mount);
        sample.Gauge("disk.used_bytes", total - free, "mount", mount);
        sample.Gauge("disk.used_percent", 100.0 * (total - free) / total, "mount", mount);
    }
}
