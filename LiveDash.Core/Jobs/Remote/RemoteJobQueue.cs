using LiveDash.Core.Diagnostics;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Jobs.Remote;

/// <summary>
/// Hands jobs to workers on other machines through an exchange and brings their images home. The book has every job and, once it is done, its image; what the
/// exchange has is a copy, so one that is killed or emptied costs some work and no job. Only as many jobs are offered as workers can begin soon: the others
/// wait in the book, where users take turns and priorities count. One loop owns all state but what is published; a fault of the exchange or of the store is
/// told, and the loop goes on.
/// </summary>
internal sealed partial class RemoteJobQueue : IJobQueue, IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private readonly JobBook _book;
    private readonly JobService _jobs;
    private readonly JobOptions _options;
    private readonly Limits _limits;
    private readonly LoopSupervisor _loops;
    private readonly TimeProvider _clock;
    private readonly ILogger<RemoteJobQueue> _log;
    private readonly IJobExchange _exchange;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    // Bounded by what FeedAsync lets in: two a worker and two.
    private readonly Dictionary<string, HeldJob> _held = [];
    private IReadOnlyList<JobWorkerState> _workers = [];
    private string? _warning;
    private string? _fault;
    private bool _isPrepared;
    private long _refreshAt;
    private long _sweepAt;
    private ITimer? _timer;
    private Task _loop = Task.CompletedTask;

    /// <summary>Made once, by the container.</summary>
    public RemoteJobQueue(IJobExchange exchange, JobBook book, JobService jobs, JobOptions options, Limits limits, LoopSupervisor loops, TimeProvider clock, ILogger<RemoteJobQueue> log)
    {
        (_exchange, _book, _jobs, _options, _limits, _clock, _log) = (exchange, book, jobs, options, limits, clock, log);
        _loops = loops;
        _fault = exchange.Name + " has not answered yet.";
    }

    /// <inheritdoc/>
    public string Kind => _exchange.Kind;

    /// <inheritdoc/>
    public string? Warning => Volatile.Read(ref _fault) ?? Volatile.Read(ref _warning);

    /// <inheritdoc/>
    public IReadOnlyList<JobWorkerState> Workers => Volatile.Read(ref _workers);

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _book.LoadAsync(workersLiveOn: true, cancellationToken).ConfigureAwait(false);
        _book.Changed += Wake;
        _book.Removed += OnRemoved;
        _timer = _clock.CreateTimer(_ => Wake(), null, s_tick, s_tick);
        _loop = Task.Run(() => _loops.RunAsync("plot queue", LoopAsync, _stop.Token), CancellationToken.None);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _book.Changed -= Wake;
        _book.Removed -= OnRemoved;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_timer is not null) await _timer.DisposeAsync().ConfigureAwait(false);
        _wake.Dispose();
        _stop.Dispose();
    }

    private void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0) _wake.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // It is awake already, or has ended.
        }
    }

    private async Task LoopAsync(BackgroundLoop loop, CancellationToken stop)
    {
        // What went wrong may have been the connection's: it is looked at anew.
        _isPrepared = false;
        while (true)
        {
            await _wake.WaitAsync(stop).ConfigureAwait(false);
            try
            {
                loop.Turn();
                await StepAsync(_clock.GetUtcNow().UtcTicks).ConfigureAwait(false);
                Volatile.Write(ref _fault, null);
            }
            catch (Exception exception) when (_exchange.IsAway(exception) || exception is IOException)
            {
                // An exchange that is away, or a store that takes nothing, is told once, where jobs are looked at.
                if (Volatile.Read(ref _fault) is null) LogFault(exception, _exchange.Name);
                _isPrepared = false;
                Volatile.Write(ref _fault, _exchange.IsAway(exception)
                    ? $"{_exchange.Name} does not answer; jobs are kept and wait. It said: {_exchange.Describe(exception)}"
                    : $"Jobs cannot be handed on just now: {exception.Message}");
                await Task.Delay(s_pause, _clock, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                Volatile.Write(ref _fault, $"Jobs cannot be handed on just now: {exception.Message}");
                throw;
            }
        }
    }

    private async Task StepAsync(long now)
    {
        if (!_isPrepared) await PrepareAsync().ConfigureAwait(false);
        if (now >= _refreshAt)
        {
            _refreshAt = now + TimeSpan.TicksPerSecond;
            Volatile.Write(ref _workers, await _exchange.ListWorkersAsync().ConfigureAwait(false));
        }

        foreach (var held in _held.Values.ToList()) await FollowAsync(held, now).ConfigureAwait(false);
        await FeedAsync(now).ConfigureAwait(false);
        if (now < _sweepAt) return;
        _sweepAt = now + TimeSpan.TicksPerMinute;
        await _book.SweepAsync(_stop.Token).ConfigureAwait(false);
        await _exchange.ForgetGoneAsync().ConfigureAwait(false);
    }

    // Once a connection.
    private async Task PrepareAsync()
    {
        var warning = await _exchange.PrepareAsync(_options, Wake).ConfigureAwait(false);
        if (warning is not null && Volatile.Read(ref _warning) is null) LogWarning(warning);
        Volatile.Write(ref _warning, warning);
        _isPrepared = true;
    }

    // As many as the workers can begin soon. More would stand before one that is more urgent or whose user has had none.
    private async Task FeedAsync(long now)
    {
        var room = Math.Max(1, _workers.Count) + 1 - _held.Values.Count(static h => h.Job.Status == JobStatus.Submitted);
        for (; room > 0 && _book.TryReserve(out var job, out var cancelled); room--)
        {
            HeldJob? held;
            try
            {
                held = await HoldAsync(job, cancelled).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // Out of the line and not held: nobody would come back to it.
                _book.PutBack(job);
                throw;
            }

            if (held is null) continue;
            _held.Add(job.Id, held);
            await FollowAsync(held, now).ConfigureAwait(false);
        }
    }

    // Null where it is over already, or waits again.
    private async Task<HeldJob?> HoldAsync(Job job, CancellationToken cancelled)
    {
        PlotPlan plan;
        try
        {
            plan = await Task.Run(() => _jobs.Plan(job, cancelled), CancellationToken.None).ConfigureAwait(false);
        }
        catch (PlotException exception)
        {
            await _book.FailAsync(job, exception.Message).ConfigureAwait(false);
            return null;
        }
        catch (Exception) when (cancelled.IsCancellationRequested)
        {
            await _book.ReturnAsync(job, counts: true).ConfigureAwait(false);
            return null;
        }

        if (_book.FindImages(plan.Fingerprint) is not { } kept) return new HeldJob(job, plan, cancelled);
        await _book.FinishAsync(job, kept).ConfigureAwait(false);
        return null;
    }

    private async Task FollowAsync(HeldJob held, long now)
    {
        var id = held.Job.Id;
        if (held.Cancelled.IsCancellationRequested)
        {
            await _exchange.CancelAsync(id, Keep).ConfigureAwait(false);
            await EndAsync(held, static (book, job) => book.ReturnAsync(job, counts: true)).ConfigureAwait(false);
            return;
        }

        var look = await _exchange.LookAsync(id).ConfigureAwait(false);
        switch (look?.Status)
        {
            case "done":
                await BringHomeAsync(held, look).ConfigureAwait(false);
                break;
            case "failed":
                await EndAsync(held, (book, job) => book.FailAsync(job with { Attempts = look.Attempt, Worker = look.Worker }, look.Error)).ConfigureAwait(false);
                break;
            case "queued" when look.IsOffered && held.Job.DeadlineAt <= now:
                await _exchange.CancelAsync(id, Keep).ConfigureAwait(false);
                await EndAsync(held, static (book, job) => book.FailAsync(job, "Its deadline passed before a worker was free.")).ConfigureAwait(false);
                break;
            case "queued" or "running" when look.IsOffered:
                await NoteAsync(held, look).ConfigureAwait(false);
                break;
            default:
                await SendAsync(held).ConfigureAwait(false);
                break;
        }
    }

    private async Task NoteAsync(HeldJob held, JobLook look)
    {
        var running = look.Status == "running";
        if (running != (held.Job.Status == JobStatus.Running) || (running && (look.Attempt != held.Job.Attempts || look.Worker != held.Job.Worker)))
        {
            if (await _book.NoteWorkerAsync(held.Job.Id, running ? look.Worker : null, look.Attempt, look.StartedAt).ConfigureAwait(false) is { } job) held.Job = job;
        }

        if (!running || look.Progress == held.Job.Progress) return;
        _book.Progress(held.Job.Id, look.Progress);
        held.Job = held.Job with { Progress = look.Progress };
    }

    // First, or again after it was lost there: then with a greater attempt number, so that a worker of before is refused.
    private async Task SendAsync(HeldJob held)
    {
        if (held.Sent > 0) LogLost(held.Job.Id, _exchange.Name);
        var plan = JobPlanCodec.Write(held.Job, held.Plan, _options.MaxRunTime);
        await _exchange.PushAsync(held.Job.Id, held.Job.Attempts + held.Sent + 1, plan, Keep).ConfigureAwait(false);
        held.Sent++;
        if (held.Job.Status == JobStatus.Running && await _book.NoteWorkerAsync(held.Job.Id, null, held.Job.Attempts, 0).ConfigureAwait(false) is { } job) held.Job = job;
    }

    private async Task BringHomeAsync(HeldJob held, JobLook look)
    {
        if (await _exchange.ReadImagesAsync(held.Job.Id).ConfigureAwait(false) is not { } bytes)
        {
            await DrawAgainAsync(held, look).ConfigureAwait(false);
            return;
        }

        var images = new JobImages(look.Fingerprint, bytes, look.Points, bytes.Values.Sum(static f => (long)f.Length));
        await EndAsync(held, (book, job) => book.FinishAsync(job with { Attempts = look.Attempt, Worker = look.Worker, StartedAt = look.StartedAt }, images)).ConfigureAwait(false);
        await _exchange.KeepAsync(held.Job.Id, Keep).ConfigureAwait(false);
    }

    // Done, and the image is gone: evicted, or deleted by somebody. The exchange would take it for done for ever, so it forgets it first.
    private async Task DrawAgainAsync(HeldJob held, JobLook look)
    {
        held.Job = held.Job with { Attempts = look.Attempt, Worker = look.Worker };
        if (held.Vanished + 1 >= _options.MaxAttempts)
        {
            var error = $"It was drawn {held.Vanished + 1} times, and each time its image was gone from {_exchange.Name} before it was fetched.";
            await EndAsync(held, (book, job) => book.FailAsync(job, error)).ConfigureAwait(false);
            await _exchange.RemoveAsync([held.Job.Id]).ConfigureAwait(false);
            return;
        }

        await _exchange.RemoveAsync([held.Job.Id]).ConfigureAwait(false);
        held.Vanished++;
        await SendAsync(held).ConfigureAwait(false);
    }

    // The book first: where it cannot write, the job is still held and this is done again.
    private async Task EndAsync(HeldJob held, Func<JobBook, Job, Task> end)
    {
        await end(_book, held.Job).ConfigureAwait(false);
        _held.Remove(held.Job.Id);
    }

    private TimeSpan Keep => TimeSpan.FromSeconds(Math.Max(60, Math.Floor(_limits.MaxJobAge.TotalSeconds)));

    // A job that is removed here, by a person or for its age, goes there too. Where nobody answers, it expires.
    private void OnRemoved(IReadOnlyList<string> ids) => _ = RemoveAsync(ids);

    private async Task RemoveAsync(IReadOnlyList<string> ids)
    {
        try
        {
            await _exchange.RemoveAsync(ids).ConfigureAwait(false);
        }
        catch (Exception exception) when (_exchange.IsAway(exception) || exception is ObjectDisposedException)
        {
            LogNotRemoved(exception, ids.Count, _exchange.Name);
        }
    }

    [LoggerMessage(3131, LogLevel.Warning, "Plot jobs cannot be handed to {Exchange}; they are kept and it is tried again each second")]
    private partial void LogFault(Exception exception, string exchange);

    [LoggerMessage(3132, LogLevel.Warning, "{Warning}")]
    private partial void LogWarning(string warning);

    [LoggerMessage(3133, LogLevel.Warning, "{Exchange} has forgotten the plot job {Job}; it is queued again")]
    private partial void LogLost(string job, string exchange);

    [LoggerMessage(3134, LogLevel.Information, "{Count} removed plot jobs stay in {Exchange} until they expire")]
    private partial void LogNotRemoved(Exception exception, int count, string exchange);
}
