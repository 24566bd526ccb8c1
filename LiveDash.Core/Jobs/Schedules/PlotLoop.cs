using System.Threading.Channels;
using LiveDash.Core.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace LiveDash.Core.Jobs.Schedules;

/// <summary>Steps the scheduled plots once a second, and at once after a job or a plot changed. A fault of the store is logged, and the next step tries again.</summary>
public sealed class PlotLoop(PlotBook book, JobBook jobs, LoopSupervisor loops, TimeProvider clock) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    // One pending wake-up stands for all that happened since.
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Task _loop = Task.CompletedTask;
    private ITimer? _timer;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await book.LoadAsync(cancellationToken).ConfigureAwait(false);
        jobs.Changed += Wake;
        book.Changed += Wake;
        _timer = clock.CreateTimer(_ => Wake(), null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        _loop = Task.Run(() => loops.RunAsync("plot schedules", RunAsync, _stop.Token), CancellationToken.None);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        jobs.Changed -= Wake;
        book.Changed -= Wake;
        if (_timer is not null) await _timer.DisposeAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        _stop.Dispose();
    }

    private void Wake() => _wake.Writer.TryWrite(true);

    private async Task RunAsync(BackgroundLoop loop, CancellationToken stop)
    {
        while (true)
        {
            await _wake.Reader.ReadAsync(stop).ConfigureAwait(false);
            loop.Turn();
            await book.StepAsync(clock.GetUtcNow().UtcTicks, stop).ConfigureAwait(false);
        }
    }
}
