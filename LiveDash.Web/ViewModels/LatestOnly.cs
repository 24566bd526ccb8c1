namespace LiveDash.Web.ViewModels;

/// <summary>
/// Runs the newest of what is asked, after a rest in which nothing else was asked; what is superseded is cancelled and never heard of. Thread-safe.
/// </summary>
/// <param name="time">Counts the rest.</param>
/// <param name="rest">How long nothing else must be asked.</param>
public sealed class LatestOnly(TimeProvider time, TimeSpan rest) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _newest;
    private Task _running = Task.CompletedTask;
    private bool _disposed;

    /// <summary>Asks for work; the token is cancelled as soon as something newer is asked.</summary>
    public void Ask(Func<CancellationToken, Task> work)
    {
        lock (_gate)
        {
            if (_disposed) return;
            _newest?.Cancel();
            _newest = new CancellationTokenSource();
            _running = RunAsync(_running, work, _newest.Token);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (_gate)
        {
            _disposed = true;
            _newest?.Cancel();
            running = _running;
        }

        await running;
        _newest?.Dispose();
    }

    private async Task RunAsync(Task before, Func<CancellationToken, Task> work, CancellationToken superseded)
    {
        try
        {
            await Task.Delay(rest, time, superseded);
            await work(superseded);
        }
        catch (OperationCanceledException) when (superseded.IsCancellationRequested)
        {
            // Something newer was asked.
        }

        // One after the other for whoever disposes; a superseded run ends by itself.
        await before;
    }
}
