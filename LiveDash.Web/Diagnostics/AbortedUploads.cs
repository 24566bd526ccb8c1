namespace LiveDash.Web.Diagnostics;

/// <summary>Counts requests whose sender left before the body was whole: nobody's fault here, so one line at most a second says so, and no stack trace. Thread-safe.</summary>
internal sealed partial class AbortedUploads(TimeProvider time, ILogger<AbortedUploads> logger)
{
    private long _count;
    private long _toldAt;

    /// <summary>How many there were since the start.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>One more.</summary>
    public void Note(HttpContext context)
    {
        var count = Interlocked.Increment(ref _count);
        var (now, told) = (time.GetTimestamp(), Interlocked.Read(ref _toldAt));
        if (told != 0 && time.GetElapsedTime(told, now) < TimeSpan.FromSeconds(1)) return;
        if (Interlocked.CompareExchange(ref _toldAt, now, told) == told) LogAborted(logger, context.Request.Method, context.Request.Path, count);
    }

    [LoggerMessage(5202, LogLevel.Warning, "The sender of {Method} {Path} left before its body was whole; {Count} such since the start")]
    private static partial void LogAborted(ILogger logger, string method, PathString path, long count);
}
