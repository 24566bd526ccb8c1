namespace LiveDash.Core.Query.Data;

/// <summary>What one evaluation may take. Passing a bound ends it with a <see cref="QueryException"/> that names the bound. Immutable.</summary>
public sealed record QueryLimits
{
    /// <summary>How many series its selectors may touch together. Default 50,000.</summary>
    public int MaxSeries { get; init; } = 50_000;

    /// <summary>How many points it may read. Default 50,000,000.</summary>
    public long MaxPoints { get; init; } = 50_000_000;

    /// <summary>How long it may take. Default 2 minutes.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How many bytes of points and values it may hold, all that it made on its way counted. Default 1 GiB.</summary>
    public long MaxBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>How many steps a range may have. Default 11,000, as in Prometheus.</summary>
    public int MaxSteps { get; init; } = 11_000;

    /// <summary>How old the newest point of a series may be to count. Default 5 minutes, as in Prometheus.</summary>
    public TimeSpan Lookback { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How far the steps of subqueries are apart that do not say. Default 1 minute, as in Prometheus.</summary>
    public TimeSpan SubqueryStep { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The shortest step, in ticks, by which a chart may cover a stretch: a millisecond, and no more steps than <see cref="MaxSteps"/> with one beyond either end.</summary>
    /// <param name="length">The stretch, in ticks; not negative.</param>
    public long LeastStep(long length) => Math.Max(TimeSpan.TicksPerMillisecond, length / Math.Max(1, MaxSteps - 2));
}
