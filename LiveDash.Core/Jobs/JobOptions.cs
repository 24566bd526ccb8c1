namespace LiveDash.Core.Jobs;

/// <summary>How jobs are worked off; the settings under <c>LiveDash:Jobs</c>.</summary>
public sealed class JobOptions
{
    /// <summary>How many jobs are made at once, 1 to 64. Default: one fewer than the cores, at least 1.</summary>
    public int Workers { get; set; } = Math.Clamp(Environment.ProcessorCount - 1, 1, 64);

    /// <summary>How often a job that ended with the process is begun again before it fails, 1 to 10. Default 3.</summary>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>How long one job may take, at least 1 s. Default 5 minutes.</summary>
    public TimeSpan MaxRunTime { get; set; } = TimeSpan.FromMinutes(5);
}
