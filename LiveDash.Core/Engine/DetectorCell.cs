using LiveDash.Core.Detection;

namespace LiveDash.Core.Engine;

/// <summary>
/// The anomaly detector that all who need one of a series share. Owned by the series' shard, but for <see cref="Ready"/> and <see cref="Listeners"/>.
/// </summary>
internal sealed class DetectorCell(TimeSpan lateness)
{
    private TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

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

    /// <summary>What was judged lately, by columns as readers asked for them. Bounded by the leases.</summary>
    public List<AnomalyTrace> Traces { get; } = [];

    /// <summary>The forecasts that are made of its bars, one a horizon.</summary>
    public List<SeriesForecast> Forecasts { get; } = [];

    public ChangeListeners Listeners { get; } = new();

    /// <summary>Completes when it knows the past.</summary>
    public TaskCompletionSource Ready => Volatile.Read(ref _ready);

    /// <summary>The past is judged anew: who waits from now on waits for that.</summary>
    public void Wait()
    {
        if (Ready.Task.IsCompleted) Volatile.Write(ref _ready, new(TaskCreationOptions.RunContinuationsAsynchronously));
    }

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
