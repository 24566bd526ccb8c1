using LiveDash.Core.Detection;

namespace LiveDash.Core.Engine;

/// <summary>
/// The anomaly detector that all who need one of a series share. Owned by the series' shard, but for <see cref="Ready"/>, <see cref="Listeners"/> and
/// <see cref="Trace"/>.
/// </summary>
internal sealed class DetectorCell(TimeSpan lateness)
{
    private AnomalyTrace? _trace;

    /// <summary>What holders hold.</summary>
    public SeriesDetector Held { get; } = new();

    /// <summary>How late a point may come and still be judged where it belongs.</summary>
    public TimeSpan Lateness { get; set; } = lateness;

    /// <summary>What arrives while the past is being read; null while nothing is read.</summary>
    public PendingPoints? Pending { get; set; }

    /// <summary>How often the judge holds it.</summary>
    public int Judged { get; set; }

    /// <summary>How many readers lease it.</summary>
    public int Leases { get; set; }

    /// <summary>What was judged lately; null where nobody looks at it.</summary>
    public AnomalyTrace? Trace
    {
        get => Volatile.Read(ref _trace);
        set => Volatile.Write(ref _trace, value);
    }

    public ChangeListeners Listeners { get; } = new();

    /// <summary>Completes when it knows the past.</summary>
    public TaskCompletionSource Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True while neither a judge nor a reader needs it.</summary>
    public bool IsUnused => Judged == 0 && Leases == 0;

    /// <summary>Takes points.</summary>
    public void Add(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        if (Held.Detector is not { } detector) return;
        for (var i = 0; i < times.Length; i++) detector.Push(times[i], values[i]);
    }

    /// <summary>Publishes how it stands, and tells who leases it where that has changed.</summary>
    public void Publish()
    {
        if (Leases > 0 && Held.Publish()) Listeners.Raise();
    }
}
