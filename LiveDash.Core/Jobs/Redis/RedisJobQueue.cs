using LiveDash.Core.Diagnostics;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace LiveDash.Core.Jobs.Redis;

/// <summary>
/// Hands jobs to workers on other machines through Redis and brings their images home. The book has every job and, once it is done, its image; what Redis has
/// is a copy, so a Redis that is killed or emptied costs some work and no job. Only as many jobs are in the stream as workers can begin soon: the others
/// wait in the book, where users take turns and priorities count. One loop owns all state but what is published; a fault of Redis or of the store is told,
/// and the loop goes on.
/// </summary>
internal sealed partial class RedisJobQueue : IJobQueue, IHostedService, IAsyncDisposable
{
    private const string NoAppendOnly = "Redis runs without appendonly: when it ends unexpectedly it forgets the queue. No job is lost, since this server keeps each one and queues it again, but what was being drawn is drawn once more.";
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private readonly JobBook _book;
    private readonly JobService _jobs;
    private readonly JobOptions _options;
    private readonly Limits _limits;
    private readonly LoopSupervisor _loops;
    private readonly TimeProvider _clock;
    private readonly ILogger<RedisJobQueue> _log;
    private readonly RedisLink _link;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    // Bounded by what FeedAsync lets in: two a worker and two.
    private readonly Dictionary<string, RedisHeldJob> _held = [];
    private IReadOnlyList<JobWorkerState> _workers = [];
    private string? _warning;
    private string? _fault = "Redis has not answered yet.";
    private bool _isPrepared;
    private long _refreshAt;
    private long _sweepAt;
    private ITimer? _timer;
    private Task _loop = Task.CompletedTask;

    /// <summary>Made once, by the container.</summary>
    public RedisJobQueue(JobBook book, JobService jobs, JobOptions options, Limits limits, LoopSupervisor loops, TimeProvider clock, ILogger<RedisJobQueue> log)
    {
        (_book, _jobs, _options, _limits, _clock, _log) = (book, jobs, options, limits, clock, log);
        _loops = loops;
        _link = new RedisLink(options.Redis, options.RedisPrefix);
    }

    /// <inheritdoc/>
    public string Kind => "redis";

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
        await _link.DisposeAsync().ConfigureAwait(false);
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
            catch (Exception exception) when (exception is RedisException or TimeoutException or IOException)
            {
                // A Redis that is away, or a store that takes nothing, is told once, where jobs are looked at.
                if (Volatile.Read(ref _fault) is null) LogFault(exception);
                _isPrepared = false;
                Volatile.Write(ref _fault, exception is IOException
                    ? $"Jobs cannot be handed on just now: {exception.Message}"
                    : $"Redis does not answer; jobs are kept and wait. It said: {exception.Message}");
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
            Volatile.Write(ref _workers, await RedisWorkerBoard.ListAsync(_link).ConfigureAwait(false));
        }

        foreach (var held in _held.Values.ToList()) await FollowAsync(held, now).ConfigureAwait(false);
        await FeedAsync(now).ConfigureAwait(false);
        if (now < _sweepAt) return;
        _sweepAt = now + TimeSpan.TicksPerMinute;
        await _book.SweepAsync(_stop.Token).ConfigureAwait(false);
        await RedisWorkerBoard.ForgetGoneAsync(_link).ConfigureAwait(false);
    }

    // Once a connection: what workers must know, the group, and whether Redis keeps what it is told.
    private async Task PrepareAsync()
    {
        var connection = await _link.OpenAsync().ConfigureAwait(false);
        var database = connection.GetDatabase();
        await database.PingAsync().ConfigureAwait(false);
        await _link.EnsureGroupAsync().ConfigureAwait(false);
        await database.HashSetAsync(_link.Keys.Settings, [new("claimAfterMs", (long)_options.ClaimAfter.TotalMilliseconds), new("maxAttempts", _options.MaxAttempts)]).ConfigureAwait(false);
        await _link.ListenAsync(Wake).ConfigureAwait(false);
        var warning = await IsAppendOnlyAsync(connection).ConfigureAwait(false) ? null : NoAppendOnly;
        if (warning is not null && Volatile.Read(ref _warning) is null) LogNoAppendOnly();
        Volatile.Write(ref _warning, warning);
        _isPrepared = true;
    }

    private static async Task<bool> IsAppendOnlyAsync(ConnectionMultiplexer connection)
    {
        try
        {
            var server = connection.GetServer(connection.GetEndPoints()[0]);
            var answer = await server.ExecuteAsync("CONFIG", "GET", "appendonly").ConfigureAwait(false);
            return answer.Length < 2 || (string?)answer[1] != "no";
        }
        catch (Exception exception) when (exception is RedisServerException or RedisCommandException)
        {
            // A hosted Redis does not say.
            return true;
        }
    }

    // As many as the workers can begin soon. More would stand before one that is more urgent or whose user has had none.
    private async Task FeedAsync(long now)
    {
        var room = Math.Max(1, _workers.Count) + 1 - _held.Values.Count(static h => h.Job.Status == JobStatus.Submitted);
        for (; room > 0 && _book.TryReserve(out var job, out var cancelled); room--)
        {
            PlotPlan plan;
            try
            {
                plan = await Task.Run(() => _jobs.Plan(job, cancelled), CancellationToken.None).ConfigureAwait(false);
            }
            catch (PlotException exception)
            {
                await _book.FailAsync(job, exception.Message).ConfigureAwait(false);
                continue;
            }
            catch (Exception)
            {
                await _book.ReturnAsync(job, counts: true).ConfigureAwait(false);
                if (cancelled.IsCancellationRequested) continue;
                throw;
            }

            if (_book.FindImages(plan.Fingerprint) is { } kept)
            {
                await _book.FinishAsync(job, kept).ConfigureAwait(false);
                continue;
            }

            var held = new RedisHeldJob(job, plan, cancelled);
            _held.Add(job.Id, held);
            await FollowAsync(held, now).ConfigureAwait(false);
        }
    }

    private async Task FollowAsync(RedisHeldJob held, long now)
    {
        var id = held.Job.Id;
        if (held.Cancelled.IsCancellationRequested)
        {
            await _link.RunAsync(RedisScripts.Cancel, id, KeepSeconds).ConfigureAwait(false);
            await EndAsync(held, static (book, job) => book.ReturnAsync(job, counts: true)).ConfigureAwait(false);
            return;
        }

        var look = RedisJobLook.Read(await _link.RunAsync(RedisScripts.Look, id).ConfigureAwait(false));
        switch (look?.Status)
        {
            case "done":
                await BringHomeAsync(held, look).ConfigureAwait(false);
                break;
            case "failed":
                await EndAsync(held, (book, job) => book.FailAsync(job with { Attempts = look.Attempt, Worker = look.Worker }, look.Error)).ConfigureAwait(false);
                break;
            case "queued" when look.IsInStream && held.Job.DeadlineAt <= now:
                await _link.RunAsync(RedisScripts.Cancel, id, KeepSeconds).ConfigureAwait(false);
                await EndAsync(held, static (book, job) => book.FailAsync(job, "Its deadline passed before a worker was free.")).ConfigureAwait(false);
                break;
            case "queued" or "running" when look.IsInStream:
                await NoteAsync(held, look).ConfigureAwait(false);
                break;
            default:
                await SendAsync(held).ConfigureAwait(false);
                break;
        }
    }

    private async Task NoteAsync(RedisHeldJob held, RedisJobLook look)
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

    // First, or again after Redis lost it: then with a greater attempt number, so that a worker of before is refused.
    private async Task SendAsync(RedisHeldJob held)
    {
        if (held.Sent > 0) LogLost(held.Job.Id);
        await _link.EnsureGroupAsync().ConfigureAwait(false);
        var plan = RedisPlanCodec.Write(held.Job, held.Plan, _options.MaxRunTime);
        await _link.RunAsync(RedisScripts.Push, held.Job.Id, held.Job.Attempts + held.Sent + 1, KeepSeconds, plan).ConfigureAwait(false);
        held.Sent++;
        if (held.Job.Status == JobStatus.Running && await _book.NoteWorkerAsync(held.Job.Id, null, held.Job.Attempts, 0).ConfigureAwait(false) is { } job) held.Job = job;
    }

    private async Task BringHomeAsync(RedisHeldJob held, RedisJobLook look)
    {
        var database = (await _link.OpenAsync().ConfigureAwait(false)).GetDatabase();
        var formats = Enum.GetValues<PlotFormat>();
        var files = await database.HashGetAsync(_link.Keys.Job(held.Job.Id), [.. formats.Select(static f => (RedisValue)JobNames.Of(f))]).ConfigureAwait(false);
        if (files.Any(static f => f.IsNull))
        {
            await SendAsync(held).ConfigureAwait(false);
            return;
        }

        var bytes = formats.Zip(files).ToDictionary(static p => p.First, static p => (byte[])p.Second!);
        var images = new JobImages(look.Fingerprint, bytes, look.Points, bytes.Values.Sum(static f => (long)f.Length));
        await EndAsync(held, (book, job) => book.FinishAsync(job with { Attempts = look.Attempt, Worker = look.Worker, StartedAt = look.StartedAt }, images)).ConfigureAwait(false);
        await database.KeyExpireAsync(_link.Keys.Job(held.Job.Id), _limits.MaxJobAge).ConfigureAwait(false);
    }

    // The book first: where it cannot write, the job is still held and this is done again.
    private async Task EndAsync(RedisHeldJob held, Func<JobBook, Job, Task> end)
    {
        await end(_book, held.Job).ConfigureAwait(false);
        _held.Remove(held.Job.Id);
    }

    private long KeepSeconds => (long)Math.Max(60, _limits.MaxJobAge.TotalSeconds);

    // A job that is removed here, by a person or for its age, goes there too. Where Redis does not answer, its keys expire.
    private void OnRemoved(IReadOnlyList<string> ids) => _ = RemoveAsync(ids);

    private async Task RemoveAsync(IReadOnlyList<string> ids)
    {
        try
        {
            var connection = await _link.OpenAsync().ConfigureAwait(false);
            await connection.GetDatabase().KeyDeleteAsync([.. ids.Select(_link.Keys.Job)]).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            LogNotRemoved(exception, ids.Count);
        }
    }

    [LoggerMessage(3131, LogLevel.Warning, "Plot jobs cannot be handed to Redis; they are kept and it is tried again each second")]
    private partial void LogFault(Exception exception);

    [LoggerMessage(3132, LogLevel.Warning, "Redis runs without appendonly: when it ends unexpectedly it forgets the queue; jobs are queued again from this server's store, and what was being drawn is drawn once more")]
    private partial void LogNoAppendOnly();

    [LoggerMessage(3133, LogLevel.Warning, "Redis has forgotten the plot job {Job}; it is queued again")]
    private partial void LogLost(string job);

    [LoggerMessage(3134, LogLevel.Information, "{Count} removed plot jobs stay in Redis until they expire")]
    private partial void LogNotRemoved(Exception exception, int count);
}
