using LiveDash.Core.Windows;

namespace LiveDash.Core.Engine;

/// <summary>
/// A reader's share of a window: keep it while the window is looked at, and dispose it once. All members are thread-safe and none waits
/// for the engine, except where it says so.
/// </summary>
public sealed class WindowLease : IDisposable
{
    private readonly EngineShard _shard;
    private readonly WindowRequest _request;
    private readonly ChangeSignal? _signal;
    private readonly bool _lingers;
    private readonly TaskCompletionSource<WindowCell?> _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int[] _order;
    private WindowCell? _cell;
    private int _disposed;

    internal WindowLease(EngineShard shard, WindowRequest request, ChangeSignal? signal, bool lingers = false)
    {
        _shard = shard;
        _request = request;
        _signal = signal;
        _lingers = lingers;
        _order = new int[request.Needs.Count];
        if (!shard.Post(Grant)) _granted.TrySetResult(null);
    }

    /// <summary>The interned series.</summary>
    public int Series => _request.Series;

    /// <summary>Which points count.</summary>
    public WindowSpec Spec => _request.Spec;

    /// <summary>Grows with every change of what <see cref="Read"/> gives; 0 until the window is rebuilt.</summary>
    public long Version => Volatile.Read(ref _cell)?.Version ?? 0;

    /// <summary>The newest published state.</summary>
    public WindowSnapshot Read() => Volatile.Read(ref _cell)?.Read(_order) ?? new WindowSnapshot(0, 0, WindowSummary.Empty, [], 0, false);

    /// <summary>Waits until the window holds its history; at once where it does already.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled, the lease was disposed, or the engine has stopped.</exception>
    public async Task WhenReadyAsync(CancellationToken cancellationToken)
    {
        var cell = await _granted.Task.WaitAsync(cancellationToken).ConfigureAwait(false) ?? throw new OperationCanceledException();
        await cell.Ready.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The state after everything that was posted to the engine before this call, at the series' present now: waits for its turn in the shard's queue.
    /// </summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled, the lease was disposed, or the engine has stopped.</exception>
    public async Task<WindowSnapshot> ReadFreshAsync(CancellationToken cancellationToken)
    {
        await WhenReadyAsync(cancellationToken).ConfigureAwait(false);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var posted = _shard.Post(now =>
        {
            _shard.Windows.Refresh(_request, _cell!, now);
            done.TrySetResult();
        });
        if (!posted) throw new OperationCanceledException();
        await done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return Read();
    }

    /// <summary>Gives the share back; the last one drops the window, at once or, of one that was asked for once, after a while.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _shard.Post(now =>
        {
            if (_cell is not { } cell) return;
            cell.Listeners.Remove(_signal);
            _shard.Windows.Return(_request, cell, _lingers, now);
        });
    }

    private void Grant(long now)
    {
        var cell = _shard.Windows.Lease(_request, now);
        for (var i = 0; i < _order.Length; i++) _order[i] = Array.IndexOf(cell.Needs, _request.Needs[i]);
        cell.Listeners.Add(_signal);
        Volatile.Write(ref _cell, cell);
        _granted.TrySetResult(cell);
        _signal?.Raise();
    }
}
