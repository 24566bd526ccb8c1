using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Engine;

/// <summary>
/// A window that leases share, and its newest published state. The window, the counters and publishing belong to the shard;
/// <see cref="Read"/>, <see cref="Listeners"/> and <see cref="Ready"/> may be used by any thread.
/// </summary>
internal sealed class WindowCell
{
    private readonly double[] _extras;
    private readonly double[] _scratch;
    private Seqlock _lock;
    private WindowSummary _summary;
    private long _asOf;
    private long _late;
    private long _version;
    private bool _full;
    private TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes a window.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="points">What it shares with the series' other windows; null for a window that waits for its past.</param>
    /// <param name="window">The window; null to make one.</param>
    public WindowCell(WindowRequest request, SeriesWindows? points, SlidingWindow? window = null)
    {
        Spec = request.Spec;
        Needs = [.. request.Needs.Distinct()];
        _extras = new double[Needs.Length];
        _scratch = new double[Needs.Length];
        Window = window ?? MakeWindow(points);
        IsWaiting = points is null;
    }

    public WindowSpec Spec { get; }

    public AggregateSpec[] Needs { get; }

    public SlidingWindow Window { get; private set; }

    /// <summary>True until the window has its past: it is empty until then.</summary>
    public bool IsWaiting { get; set; }

    public ChangeListeners Listeners { get; } = new();

    /// <summary>Completes when the history is in and the first state is published.</summary>
    public TaskCompletionSource Ready => Volatile.Read(ref _ready);

    /// <summary>How many readers lease it.</summary>
    public int Leases { get; set; }

    /// <summary>How often the judge holds it.</summary>
    public int Judged { get; set; }

    /// <summary>True when the last lease was given back.</summary>
    public bool IsDropped { get; set; }

    public long Version => Volatile.Read(ref _version);

    /// <summary>True when everything asked for is computed here; the lateness is that of the log.</summary>
    public bool Covers(WindowRequest request)
    {
        if (!Spec.Equals(request.Spec)) return false;
        foreach (var need in request.Needs)
        {
            if (Array.IndexOf(Needs, need) < 0) return false;
        }

        return true;
    }

    /// <summary>Empties the window, which waits for its past again; whoever holds it keeps it.</summary>
    public void Wait()
    {
        new SeriesWindows(TimeSpan.Zero).Adopt(Window);
        if (!IsWaiting) Volatile.Write(ref _ready, new(TaskCreationOptions.RunContinuationsAsynchronously));
        IsWaiting = true;
    }

    /// <summary>Gives its window away and goes on with another over the same points.</summary>
    public SlidingWindow Part(SeriesWindows? points)
    {
        var window = Window;
        Window = MakeWindow(points);
        return window;
    }

    /// <summary>Publishes the window's state.</summary>
    /// <returns>False when nothing changed since the last time.</returns>
    public bool Publish(long asOf)
    {
        var summary = Window.Summarize();
        for (var i = 0; i < Needs.Length; i++) _scratch[i] = Window.Evaluate(Needs[i]);
        var changed = _version == 0 || !summary.Equals(_summary) || Window.LateCount != _late || Window.IsFull != _full
            || !_scratch.AsSpan().SequenceEqual(_extras);
        _lock.BeginWrite();
        _asOf = asOf;
        if (changed)
        {
            _summary = summary;
            _scratch.CopyTo(_extras, 0);
            _late = Window.LateCount;
            _full = Window.IsFull;
            Volatile.Write(ref _version, _version + 1);
        }

        _lock.EndWrite();
        return changed;
    }

    /// <summary>Copies the newest published state; <paramref name="order"/> says where each extra of the reader stands here.</summary>
    public WindowSnapshot Read(int[] order)
    {
        var extras = new double[order.Length];
        while (true)
        {
            var sequence = _lock.BeginRead();
            for (var i = 0; i < order.Length; i++) extras[i] = _extras[order[i]];
            var snapshot = new WindowSnapshot(Volatile.Read(ref _version), _asOf, _summary, extras, _late, _full);
            if (!_lock.MustRetry(sequence)) return snapshot;
        }
    }

    private SlidingWindow MakeWindow(SeriesWindows? points)
    {
        var options = new WindowOptions { Needs = Needs };
        return points?.Attach(Spec, options) ?? SlidingWindow.Create(Spec, options);
    }
}
