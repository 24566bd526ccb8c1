using System.Collections.Concurrent;
using LiveDash.Core.Diagnostics;
using LiveDash.Core.Jobs;
using LiveDash.Core.Jobs.Remote;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using MemoryDocumentStore = LiveDash.Tests.Core.Jobs.MemoryDocumentStore;

namespace LiveDash.Tests.Regressions;

/// <summary>A plot job whose end the store does not take is made again once it does; it was "running" for ever, with nobody at it, until a restart.</summary>
public sealed class JobsOnAFullDiskTests
{
    private static readonly TimeRange s_range = new(0, TimeSpan.TicksPerHour);
    private readonly FullAtTheEnd _disk = new();
    private readonly Limits _limits = new();
    private readonly JobOptions _options = new() { Workers = 1 };
    private readonly MemoryPointStore _points = new();

    [Theory]
    [InlineData(2, JobStatus.Done)]
    [InlineData(1, JobStatus.Failed)]
    public async Task Workers_EndIsNotTaken_MakeItAgain(int mostSeries, JobStatus expected)
    {
        var (book, jobs) = Open(mostSeries);
        using var workers = new JobWorkers(book, jobs, _options, Loops, TimeProvider.System, NullLogger<JobWorkers>.Instance);
        await workers.StartAsync(default);
        try
        {
            await EndsAsync(book, await AddAsync(book), expected);
            await Wait.UntilAsync(() => workers.Workers.Single().Job is null, "the worker says that it has nothing to do");
        }
        finally
        {
            await workers.StopAsync(default);
        }

        Assert.Equal(expected == JobStatus.Done, (await _disk.ListAsync("job-image", default)).Count > 0);
    }

    [Fact]
    public async Task Workers_EndIsNotTakenAgainAndAgain_PauseTwiceAsLongEachTimeUpToAMinute()
    {
        _disk.MostRefused = int.MaxValue;
        var (book, jobs) = Open(mostSeries: 2);
        var clock = new RecordedPauses();
        using var workers = new JobWorkers(book, jobs, _options, Loops, clock, NullLogger<JobWorkers>.Instance);
        await workers.StartAsync(default);
        try
        {
            var job = await AddAsync(book);
            await Wait.UntilAsync(() => clock.Pauses.Count >= 8, "the worker has paused eight times");
            _disk.MostRefused = 0;
            await Wait.UntilAsync(() => book.Find(job.Id)!.Status == JobStatus.Done, "the job is done");
        }
        finally
        {
            await workers.StopAsync(default);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], clock.Pauses.Take(8).Select(static pause => pause.TotalSeconds));
    }

    [Fact]
    public async Task RemoteQueue_EndIsNotTaken_IsNotForgotten()
    {
        var (book, jobs) = Open(mostSeries: 1);
        await using var queue = new RemoteJobQueue(new NoExchange(), book, jobs, _options, _limits, Loops, TimeProvider.System, NullLogger<RemoteJobQueue>.Instance);
        await queue.StartAsync(default);
        try
        {
            // It cannot be planned, so it ends before it is handed on.
            await EndsAsync(book, await AddAsync(book), JobStatus.Failed);
        }
        finally
        {
            await queue.StopAsync(default);
        }
    }

    [Fact]
    public async Task PutBack_ClaimedImageOfOneThatCouldNotBeWritten_IsClaimedByNobody()
    {
        var (book, _) = Open(mostSeries: 2);
        await AddAsync(book);
        var (job, _) = await book.TakeAsync(default);
        var images = new JobImages("print", new Dictionary<PlotFormat, byte[]> { [PlotFormat.Png] = [1] }, 1, 1);
        await Assert.ThrowsAsync<StoreFullException>(() => book.FinishAsync(job, images));
        book.PutBack(job);
        book.PutBack(job);

        Assert.Equal(1, book.Waiting);
        Assert.Null(book.Find(job.Id)!.Image);
        Assert.Null(book.FindImages("print"));
        await book.FinishAsync((await book.TakeAsync(default)).Job, images);
        Assert.Equal((JobStatus.Done, 1), (book.Find(job.Id)!.Status, book.Find(job.Id)!.Attempts));
        Assert.Equal([1], await book.GetImageAsync(book.Find(job.Id)!, PlotFormat.Png, default));
    }

    private static LoopSupervisor Loops => new(TimeProvider.System, NullLogger<LoopSupervisor>.Instance);

    // A job of two series fails where a plot may show one.
    private (JobBook Book, JobService Jobs) Open(int mostSeries)
    {
        _limits.MaxPlotSeries = mostSeries;
        var catalog = new SeriesCatalog(_limits);
        catalog.TryIntern(new SeriesKey("one"), out var one);
        catalog.TryIntern(new SeriesKey("other"), out _);
        for (var i = 0; i < 100; i++) _points.Add(one, i * TimeSpan.TicksPerSecond, i);
        var book = new JobBook(_disk, _limits, _options, TimeProvider.System);
        return (book, new JobService(book, catalog, _points, _limits, TimeProvider.System));
    }

    private static Task<Job> AddAsync(JobBook book) =>
        book.AddAsync(new JobRequest { Series = ["one", "other"], Start = "1", End = "2" }, s_range, "me", null, default);

    private async Task EndsAsync(JobBook book, Job job, JobStatus expected)
    {
        await Wait.UntilAsync(() => book.Find(job.Id)!.IsFinished, "the job has ended");
        Assert.Equal((expected, 1), (book.Find(job.Id)!.Status, _disk.Refused));
    }

    /// <summary>A clock on which pauses of a minute and less are over at once.</summary>
    private sealed class RecordedPauses : TimeProvider
    {
        public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan || dueTime > TimeSpan.FromMinutes(1) || dueTime < TimeSpan.Zero) return base.CreateTimer(callback, state, dueTime, period);
            Pauses.Enqueue(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }

    /// <summary>Has no space when the first job is to end.</summary>
    private sealed class FullAtTheEnd : IDocumentStore
    {
        private readonly MemoryDocumentStore _inner = new();
        private int _refused;

        public int MostRefused { get; set; } = 1;

        public int Refused => Volatile.Read(ref _refused);

        public Task<byte[]?> GetAsync(string kind, string id, CancellationToken cancellationToken) => _inner.GetAsync(kind, id, cancellationToken);

        public Task<IReadOnlyList<Document>> ListAsync(string kind, CancellationToken cancellationToken) => _inner.ListAsync(kind, cancellationToken);

        public Task ApplyAsync(IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken)
        {
            if (changes.Any(static change => change.Kind == "job" && change.Body is { } body && body.AsSpan().IndexOf("\"finishedAt\":null"u8) < 0) && Refused < MostRefused)
            {
                Interlocked.Increment(ref _refused);
                throw new StoreFullException("The disk is full.");
            }

            return _inner.ApplyAsync(changes, cancellationToken);
        }
    }

    /// <summary>Where nobody works.</summary>
    private sealed class NoExchange : IJobExchange
    {
        public string Kind => "none";

        public string Name => "Nobody";

        public bool IsAway(Exception exception) => false;

        public string Describe(Exception exception) => exception.Message;

        public Task<string?> PrepareAsync(JobOptions options, Action onEvent) => Task.FromResult<string?>(null);

        public Task<JobLook?> LookAsync(string id) => Task.FromResult<JobLook?>(null);

        public Task PushAsync(string id, int attempt, string plan, TimeSpan keep) => Task.CompletedTask;

        public Task CancelAsync(string id, TimeSpan keep) => Task.CompletedTask;

        public Task<IReadOnlyDictionary<PlotFormat, byte[]>?> ReadImagesAsync(string id) => Task.FromResult<IReadOnlyDictionary<PlotFormat, byte[]>?>(null);

        public Task KeepAsync(string id, TimeSpan keep) => Task.CompletedTask;

        public Task RemoveAsync(IReadOnlyList<string> ids) => Task.CompletedTask;

        public Task<IReadOnlyList<JobWorkerState>> ListWorkersAsync() => Task.FromResult<IReadOnlyList<JobWorkerState>>([]);

        public Task ForgetGoneAsync() => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
