using LiveDash.Core.Detection;

namespace LiveDash.Core.Engine;

/// <summary>
/// The anomaly detector that all who need one of a series share. Owned by the series' shard, but for <see cref="Ready"/>. What only readers need is made when the
/// first of them comes, as a rule may hold tens of thousands of these.
/// </summary>
internal sealed class DetectorCell(TimeSpan lateness)
{
    private static readonly TaskCompletionSource s_knows = Known();
    private TaskCompletionSource _ready = s_knows;
    private ChangeListeners? _listeners;

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
    public AnomalyTrace[] Traces { get; set; } = [];

    /// <summary>The forecasts that are made of its bars, one a horizon.</summary>
    public SeriesForecast[] Forecasts { get; set; } = [];

    /// <summary>Who wants to hear that it has changed.</summary>
    public ChangeListeners Listeners => _listeners ??= new();

    /// <summary>Completes when it knows the past.</summary>
    public TaskCompletionSource Ready => Volatile.Read(ref _ready);

    /// <summary>The past is judged anew: who waits from now on waits for that.</summary>
    public void Wait()
    {
        if (Ready.Task.IsCompleted) Volatile.Write(ref _ready, new(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    /// <summary>It knows the past: who waits goes on.</summary>
    public void Know()
    {
        _ready.TrySetResult();
        // One for all, as most are waited for once.
        Volatile.Write(ref _ready, s_knows);
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
        if (Leases > 0 && Held.Publish()) _listeners?.Raise();
    }

    private static TaskCompletionSource Known()
    {
        var known = new TaskCompletionSource();
        known.SetResult();
        return known;
    }
}
