namespace LiveDash.Core.Engine;

/// <summary>A reader's share of a live chart: keep it while the chart is looked at, and dispose it once. All members are thread-safe.</summary>
public sealed class ChartLease : IDisposable
{
    private readonly EngineShard _shard;
    private readonly ChangeSignal? _signal;
    private readonly TaskCompletionSource<ChartCell?> _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ChartCell? _cell;
    private int _disposed;

    internal ChartLease(EngineShard shard, int series, long widthTicks, int columns, ChangeSignal? signal)
    {
        _shard = shard;
        _signal = signal;
        Series = series;
        WidthTicks = widthTicks;
        Columns = columns;
        if (!shard.Post(Grant)) _granted.TrySetResult(null);
    }

    /// <summary>The interned series.</summary>
    public int Series { get; }

    /// <summary>How long a column is, in ticks.</summary>
    public long WidthTicks { get; }

    /// <summary>How many columns the span has.</summary>
    public int Columns { get; }

    /// <summary>Grows with every change; 0 while empty.</summary>
    public long Version => Volatile.Read(ref _cell)?.Columns.Version ?? 0;

    /// <summary>Grows each time the chart begins anew, with versions from 0: then what a reader holds is of no use.</summary>
    public int Generation => Volatile.Read(ref _cell)?.Generation ?? 0;

    /// <summary>Adds the columns that changed after <paramref name="version"/> (0 for all), by time.</summary>
    /// <returns>The version to ask with next time.</returns>
    public long CopySince(long version, List<ChartColumn> into) => Volatile.Read(ref _cell)?.Columns.CopySince(version, into) ?? 0;

    /// <summary>Waits until the chart holds its history.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled, or the engine has stopped.</exception>
    public async Task WhenReadyAsync(CancellationToken cancellationToken)
    {
        var cell = await _granted.Task.WaitAsync(cancellationToken).ConfigureAwait(false) ?? throw new OperationCanceledException();
        await cell.Ready.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives the share back; the last one drops the chart.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _shard.Post(_ =>
        {
            if (_cell is not { } cell) return;
            cell.Listeners.Remove(_signal);
            _shard.Charts.Return(Series, cell);
        });
    }

    private void Grant(long now)
    {
        var cell = _shard.Charts.Lease(Series, WidthTicks, Columns, now);
        cell.Listeners.Add(_signal);
        Volatile.Write(ref _cell, cell);
        _granted.TrySetResult(cell);
        _signal?.Raise();
    }
}
