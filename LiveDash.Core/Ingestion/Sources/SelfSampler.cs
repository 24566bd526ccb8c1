namespace LiveDash.Core.Ingestion.Sources;

/// <summary>LiveDash's own process, on any system. Stateless.</summary>
internal static class SelfSampler
{
    /// <summary>CPU in percent of one core, memory in bytes, threads, and what the garbage collector does.</summary>
    public static void Sample(HostSample sample)
    {
        // Gone on some systems (tvOS, browser): then absent.
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
        {
            sample.Rate("self.cpu", Environment.CpuUsage.TotalTime.TotalSeconds, scale: 100);
        }

        sample.Gauge("self.rss_bytes", Environment.WorkingSet);
        sample.Gauge("self.heap_bytes", GC.GetTotalMemory(forceFullCollection: false));
        sample.Gauge("self.threads", ThreadPool.ThreadCount);
        sample.Rate("self.allocated_bytes", GC.GetTotalAllocatedBytes());
        sample.Rate("self.gc_pause_percent", GC.GetTotalPauseDuration().TotalSeconds, scale: 100);
    }
}
