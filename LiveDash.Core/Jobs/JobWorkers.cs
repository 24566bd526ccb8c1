using LiveDash.Core.Plots;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Jobs;

/// <summary>
/// Works the jobs off on threads of their own, one fewer than the cores, below normal priority, and sweeps once a minute. A fault in one job fails that
/// job alone; a fault of the store pauses the worker for a second.
/// </summary>
public sealed partial class JobWorkers(JobBook book, JobService jobs, JobOptions options, TimeProvider clock, ILogger<JobWorkers> log) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Thread> _threads = [];
    private Task _sweeps = Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await book.LoadAsync(cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < options.Workers; i++) _threads.Add(WorkerThread.Start($"plot {i + 1}", WorkLoop));
        _sweeps = SweepLoopAsync();
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _sweeps.ConfigureAwait(false);
        foreach (var thread in _threads) await Task.Run(thread.Join, CancellationToken.None).ConfigureAwait(false);
        _threads.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private void WorkLoop()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var (job, token) = book.TakeAsync(_stop.Token).GetAwaiter().GetResult();
                Work(job, token).GetAwaiter().GetResult();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogStoreFault(exception);
                _stop.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(1));
            }
        }
    }

    /// <summary>Makes one job to its end, whatever that is.</summary>
    internal Task Work(Job job, CancellationToken cancelled)
    {
        var now = clock.GetUtcNow().UtcTicks;
        var left = Math.Min(options.MaxRunTime.Ticks, (job.DeadlineAt ?? long.MaxValue) - now);
        if (left <= 0) return book.FailAsync(job, "Its deadline passed before a worker was free.");
        using var timeout = new CancellationTokenSource(new TimeSpan(left), clock);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(cancelled, timeout.Token, _stop.Token);
        try
        {
            return book.FinishAsync(job, jobs.Run(job, any.Token));
        }
        catch (OperationCanceledException) when (any.IsCancellationRequested)
        {
            if (cancelled.IsCancellationRequested || !timeout.IsCancellationRequested) return book.ReturnAsync(job, counts: false);
            return book.FailAsync(job, job.DeadlineAt <= clock.GetUtcNow().UtcTicks
                ? "Its deadline passed while it was made."
                : $"It took longer than the {options.MaxRunTime} that LiveDash:Jobs:MaxRunTime allows.");
        }
        catch (PlotException exception)
        {
            return book.FailAsync(job, exception.Message);
        }
        catch (Exception exception)
        {
            LogJobFault(exception, job.Id, job.Attempts);
            return job.Attempts < options.MaxAttempts
                ? book.ReturnAsync(job, counts: true)
                : book.FailAsync(job, $"It failed {job.Attempts} times, the last time with: {exception.Message}");
        }
    }

    private async Task SweepLoopAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                try
                {
                    await book.SweepAsync(_stop.Token).ConfigureAwait(false);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    LogStoreFault(exception);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The app stops.
        }
    }

    [LoggerMessage(3101, LogLevel.Warning, "The plot job {Job} failed at attempt {Attempt}")]
    private partial void LogJobFault(Exception exception, string job, int attempt);

    [LoggerMessage(3102, LogLevel.Warning, "The store of plot jobs does not answer; trying again")]
    private partial void LogStoreFault(Exception exception);
}
