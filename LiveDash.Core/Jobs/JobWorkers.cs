using LiveDash.Core.Diagnostics;
using LiveDash.Core.Plots;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Jobs;

/// <summary>
/// Works the jobs off on threads of their own, one fewer than the cores, below normal priority, and sweeps once a minute. A fault in one job fails that
/// job alone; a fault of the store pauses the worker for a second, and twice as long each time until it takes something, for a minute at most: on a full disk plots that wait are not drawn without end.
/// </summary>
public sealed partial class JobWorkers(JobBook book, JobService jobs, JobOptions options, LoopSupervisor loops, TimeProvider clock, ILogger<JobWorkers> log) : IJobQueue, IHostedService, IDisposable
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Thread> _threads = [];
    private volatile WorkerTally[] _tallies = [];
    private Task _sweeps = Task.CompletedTask;

    /// <inheritdoc/>
    public string Kind => "embedded";

    /// <inheritdoc/>
    public string? Warning => null;

    /// <inheritdoc/>
    public IReadOnlyList<JobWorkerState> Workers => [.. _tallies.Select(static t => t.State)];

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await book.LoadAsync(workersLiveOn: false, cancellationToken).ConfigureAwait(false);
        _tallies = [.. Enumerable.Range(1, options.Workers).Select(i => new WorkerTally($"plot {i}", clock))];
        foreach (var tally in _tallies) _threads.Add(WorkerThread.Start(tally.Name, () => loops.Run("worker of " + tally.Name, (loop, life) => WorkLoop(loop, tally, life), _stop.Token)));
        _sweeps = loops.RunAsync("plot sweeps", SweepLoopAsync, _stop.Token);
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

    private void WorkLoop(BackgroundLoop loop, WorkerTally tally, CancellationToken life)
    {
        var pause = s_firstPause;
        while (true)
        {
            loop.Turn();
            try
            {
                var (job, token) = book.TakeAsync(life).GetAwaiter().GetResult();
                tally.Begin(job.Id);
                try
                {
                    WorkAsync(job, token).GetAwaiter().GetResult();
                    pause = s_firstPause;
                }
                finally
                {
                    End(tally, job.Id);
                }
            }
            catch (IOException exception)
            {
                LogStoreFault(exception);
                Task.Delay(pause, clock, life).GetAwaiter().GetResult();
                pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, s_longestPause.Ticks));
            }
        }
    }

    private void End(WorkerTally tally, string id)
    {
        var job = book.Find(id);
        if (job is { Status: JobStatus.Done }) tally.End(job.Points);
        else if (job is { Status: JobStatus.Failed }) tally.End(null);
        else tally.Leave();
    }

    /// <summary>Makes one job to its end, whatever that is. One whose end cannot be kept waits again, or nobody would come back to it.</summary>
    internal async Task WorkAsync(Job job, CancellationToken cancelled)
    {
        try
        {
            await MakeAsync(job, cancelled).ConfigureAwait(false);
        }
        catch (Exception)
        {
            book.PutBack(job);
            throw;
        }
    }

    private Task MakeAsync(Job job, CancellationToken cancelled)
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

    private async Task SweepLoopAsync(BackgroundLoop loop, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
        {
            loop.Turn();
            await book.SweepAsync(stop).ConfigureAwait(false);
        }
    }

    [LoggerMessage(3101, LogLevel.Warning, "The plot job {Job} failed at attempt {Attempt}")]
    private partial void LogJobFault(Exception exception, string job, int attempt);

    [LoggerMessage(3102, LogLevel.Warning, "The store of plot jobs does not answer; trying again")]
    private partial void LogStoreFault(Exception exception);
}
