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
    private readonly TimeSpan? _horizon;
    private DetectorCell? _cell;
    private AnomalyTrace? _trace;
    private SeriesForecast? _forecast;
    private int _disposed;

    internal DetectorLease(EngineShard shard, int series, long widthTicks, int columns, ChangeSignal? signal, TimeSpan? horizon = null)
    {
        _shard = shard;
        _signal = signal;
        _width = widthTicks;
        _columns = columns;
        _horizon = horizon;
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
    public IReadOnlyList<JudgedBar> Since(long ticks) => Volatile.Read(ref _trace)?.Since(ticks) ?? [];

    /// <summary>The forecast, where a horizon was asked for.</summary>
    public Prediction Prediction => Volatile.Read(ref _forecast)?.Forecaster?.Now ?? Prediction.Unknown;

    /// <summary>When the series reaches a value if it goes on as it does; to be asked of a lease with a horizon, which may be zero.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled, or the engine has stopped.</exception>
    public async Task<TimeToValue> TimeToAsync(double target, CancellationToken cancellationToken)
    {
        var told = new TaskCompletionSource<TimeToValue>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_shard.Post(now => told.TrySetResult(_forecast?.Trend?.TimeTo(target, now) ?? TimeToValue.Unknown))) throw new OperationCanceledException();
        return await told.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

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
            if (_forecast is not null) ShardDetectors.Unuse(cell, _forecast);
            _shard.Detectors.Return(Series, cell, _trace);
        });
    }

    private void Grant(long now)
    {
        var (cell, trace) = _shard.Detectors.Lease(Series, _width, _columns);
        if (_horizon is { } horizon) Volatile.Write(ref _forecast, _shard.Detectors.ForecastOf(Series, cell, horizon));
        Volatile.Write(ref _trace, trace);
        cell.Listeners.Add(_signal);
        Volatile.Write(ref _cell, cell);
        _granted.TrySetResult(cell);
        _signal?.Raise();
    }
}
