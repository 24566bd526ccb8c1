namespace LiveDash.Core.Jobs;

/// <summary>What one worker has to tell about itself. Written by its thread, read by any.</summary>
internal sealed class WorkerTally(string name, TimeProvider clock)
{
    private readonly long _since = clock.GetUtcNow().UtcTicks;
    private volatile string? _job;
    private long _begun;
    private long _done;
    private long _failed;
    private double _rate;

    /// <summary>Its name.</summary>
    internal string Name => name;

    /// <summary>How it is now.</summary>
    internal JobWorkerState State => new()
    {
        Name = name, Host = Environment.MachineName, Since = _since, SeenAt = clock.GetUtcNow().UtcTicks, Job = _job,
        Done = Interlocked.Read(ref _done), Failed = Interlocked.Read(ref _failed), PointsPerSecond = Volatile.Read(ref _rate),
    };

    /// <summary>Notes that it begins a job.</summary>
    internal void Begin(string job)
    {
        _begun = clock.GetTimestamp();
        _job = job;
    }

    /// <summary>Notes how the job ended: the points of its image where it was drawn, null where it failed.</summary>
    internal void End(long? points)
    {
        _job = null;
        if (points is null)
        {
            Interlocked.Increment(ref _failed);
            return;
        }

        Interlocked.Increment(ref _done);
        var seconds = clock.GetElapsedTime(_begun).TotalSeconds;
        if (seconds > 0) Volatile.Write(ref _rate, points.Value / seconds);
    }

    /// <summary>Notes that it gave the job back.</summary>
    internal void Leave() => _job = null;
}
