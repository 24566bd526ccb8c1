using LiveDash.Core.Detection;

namespace LiveDash.Core.Engine;

/// <summary>A reader's share of a series' anomaly detector: keep it while it is looked at, and dispose it once. All members are thread-safe.</summary>
public sealed class DetectorLease : IDisposable
{
    private readonly EngineShard _shard;
    private readonly ChangeSignal? _signal;
    private readonly TaskCompletionSource<DetectorCell?> _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _width;
    private readonly int _columns;
    private DetectorCell? _cell;
    private int _disposed;

    internal DetectorLease(EngineShard shard, int series, long widthTicks, int columns, ChangeSignal? signal)
    {
        _shard = shard;
        _signal = signal;
        _width = widthTicks;
        _columns = columns;
        Series = series;
        if (!shard.Post(Grant)) _granted.TrySetResult(null);
    }

    /// <summary>The interned series.</summary>
    public int Series { get; }

    /// <summary>How the detector stands.</summary>
    public AnomalyReading Reading => Volatile.Read(ref _cell)?.Held.Reading ?? AnomalyReading.Unknown;

    /// <summary>True once it knows the past.</summary>
    public bool IsReady => Volatile.Read(ref _cell)?.Ready.Task.IsCompletedSuccessfully == true;

    /// <summary>The judged columns that begin at or after a time, by time; none where no trace was asked for.</summary>
    /// <param name="ticks">UTC ticks.</param>
    public IReadOnlyList<JudgedBar> Since(long ticks) => Volatile.Read(ref _cell)?.Trace?.Since(ticks) ?? [];

    /// <summary>Waits until it knows the past.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled, or the engine has stopped.</exception>
    public async Task WhenReadyAsync(CancellationToken cancellationToken)
    {
        var cell = await _granted.Task.WaitAsync(cancellationToken).ConfigureAwait(false) ?? throw new OperationCanceledException();
        await cell.Ready.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives the share back; the last one drops the detector.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _shard.Post(_ =>
        {
            if (_cell is not { } cell) return;
            cell.Listeners.Remove(_signal);
            _shard.Detectors.Return(Series, cell);
        });
    }

    private void Grant(long now)
    {
        var cell = _shard.Detectors.Lease(Series, _width, _columns);
        cell.Listeners.Add(_signal);
        Volatile.Write(ref _cell, cell);
        _granted.TrySetResult(cell);
        _signal?.Raise();
    }
}
