using LiveDash.Core.Jobs;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Jobs;

public class JobBookTests
{
    private static readonly TimeRange Range = new(0, 10);
    private readonly MemoryDocumentStore _disk = new();
    private readonly Limits _limits = new();
    private readonly ManualTime _clock = new();

    [Fact]
    public async Task Add_Job_HasAUuidOfVersionSevenThatGrows()
    {
        var book = await OpenAsync();
        var ids = new List<string>();
        for (var i = 0; i < 50; i++) ids.Add((await AddAsync(book)).Id);

        Assert.All(ids, static id => Assert.Equal(7, Guid.ParseExact(id, "D").Version));
        Assert.Equal(ids.AsEnumerable().Reverse(), book.List().Select(static j => j.Id));
    }

    [Fact]
    public async Task Load_JobOfBeforeUuids_IsFoundByItsId()
    {
        var book = await OpenAsync();
        var job = await AddAsync(book);
        var body = await _disk.GetAsync("job", job.Id, default);
        await _disk.ApplyAsync([new("job", "01kb2m9x3f7q", body!)], default);

        var again = await OpenAsync();

        Assert.Equal(JobStatus.Submitted, again.Find("01kb2m9x3f7q")!.Status);
    }

    [Fact]
    public async Task LoadAsync_RunningWhenTheProcessDied_BegunAgainAndCounted()
    {
        var before = await OpenAsync();
        var first = await AddAsync(before);
        await AddAsync(before);
        Assert.Equal(first.Id, (await before.TakeAsync(default)).Job.Id);

        var after = await OpenAsync();

        Assert.Equal([JobStatus.Submitted, JobStatus.Submitted], after.List().Select(j => j.Status));
        Assert.Equal(2, after.Waiting);
        Assert.Equal(1, after.Find(first.Id)!.Attempts);
        Assert.Equal(2, (await after.TakeAsync(default)).Job.Attempts);
    }

    [Fact]
    public async Task LoadAsync_ProcessDiedThreeTimes_FailsAlone()
    {
        var book = await OpenAsync();
        var poison = await AddAsync(book, priority: JobPriority.High);
        var other = await AddAsync(book);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(poison.Id, (await book.TakeAsync(default)).Job.Id);
            book = await OpenAsync();
        }

        Assert.Equal(JobStatus.Failed, book.Find(poison.Id)!.Status);
        Assert.Contains("3 times", book.Find(poison.Id)!.Error, StringComparison.Ordinal);
        Assert.Equal(other.Id, (await book.TakeAsync(default)).Job.Id);
        Assert.Equal(0, book.Waiting);
    }

    [Fact]
    public async Task TakeAsync_TwentyJobsAndManyWorkers_EachHeldOnce()
    {
        var book = await OpenAsync();
        for (var i = 0; i < 20; i++) await AddAsync(book, owner: $"u{i % 3}");

        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => book.TakeAsync(default))));

        Assert.Equal(20, taken.Select(t => t.Job.Id).Distinct().Count());
        Assert.Equal(0, book.Waiting);
    }

    [Fact]
    public async Task AddAsync_Flood_BoundedAndOthersStillLetIn()
    {
        _limits.MaxQueuedJobs = 10;
        var book = await OpenAsync();
        for (var i = 0; i < 10; i++) await AddAsync(book, owner: "flood");

        await Assert.ThrowsAsync<JobQueueFullException>(() => AddAsync(book, owner: "flood"));
        await AddAsync(book, owner: "other");
        await Assert.ThrowsAsync<JobQueueFullException>(() => AddAsync(book, owner: "other"));

        Assert.Equal("flood", (await book.TakeAsync(default)).Job.Owner);
        Assert.Equal("other", (await book.TakeAsync(default)).Job.Owner);
    }

    [Fact]
    public async Task DeleteAsync_WaitingJob_CancelledAndNeverTaken()
    {
        var book = await OpenAsync();
        var first = await AddAsync(book);
        var second = await AddAsync(book);

        Assert.True(await book.DeleteAsync(first.Id, default));

        Assert.Equal(JobStatus.Cancelled, book.Find(first.Id)!.Status);
        Assert.Equal(second.Id, (await book.TakeAsync(default)).Job.Id);
        Assert.Equal(JobStatus.Cancelled, (await OpenAsync()).Find(first.Id)!.Status);
    }

    [Fact]
    public async Task DeleteAsync_RunningJob_TokenCancelledAndResultDropped()
    {
        var book = await OpenAsync();
        await AddAsync(book);
        var (job, token) = await book.TakeAsync(default);

        await book.DeleteAsync(job.Id, default);
        Assert.True(token.IsCancellationRequested);
        await book.FinishAsync(job, Images("f1"));

        Assert.Equal(JobStatus.Cancelled, book.Find(job.Id)!.Status);
        Assert.Empty(await _disk.ListAsync("job-image", default));
        Assert.Equal(JobStatus.Cancelled, (await OpenAsync()).Find(job.Id)!.Status);
    }

    [Fact]
    public async Task DeleteAsync_SharedImage_KeptUntilTheLastJobGoes()
    {
        var book = await OpenAsync();
        var first = await DoneAsync(book, Images("same"));
        var second = await DoneAsync(book, book.FindImages("same")!);
        Assert.Single(await _disk.ListAsync("job-image", default));

        await book.DeleteAsync(first.Id, default);
        Assert.NotNull(await book.GetImageAsync(book.Find(second.Id)!, PlotFormat.Png, default));
        Assert.Null(book.Find(first.Id));

        await book.DeleteAsync(second.Id, default);
        Assert.Empty(await _disk.ListAsync("job-image", default));
        Assert.Empty((await OpenAsync()).List());
    }

    [Fact]
    public async Task FinishAsync_SharedImageRemovedMeanwhile_BegunAgain()
    {
        var book = await OpenAsync();
        var first = await DoneAsync(book, Images("same"));
        await AddAsync(book);
        var (job, _) = await book.TakeAsync(default);
        var shared = book.FindImages("same")!;
        await book.DeleteAsync(first.Id, default);

        await book.FinishAsync(job, shared);

        Assert.Equal(JobStatus.Submitted, book.Find(job.Id)!.Status);
        Assert.Equal(0, book.Find(job.Id)!.Attempts);
    }

    [Fact]
    public async Task TakeAsync_StoreFails_JobWaitsAgain()
    {
        var book = await OpenAsync();
        var job = await AddAsync(book);
        _disk.Failure = new StoreUnavailableException("no");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => book.TakeAsync(default));

        Assert.Equal((JobStatus.Submitted, 0), (book.Find(job.Id)!.Status, book.Find(job.Id)!.Attempts));
        Assert.Equal(job.Id, (await book.TakeAsync(default)).Job.Id);
    }

    [Fact]
    public async Task AddAsync_StoreFails_NothingWaits()
    {
        var book = await OpenAsync();
        _disk.Failure = new StoreFullException("no");

        await Assert.ThrowsAsync<StoreFullException>(() => AddAsync(book));

        Assert.Equal(0, book.Waiting);
        Assert.Empty(book.List());
    }

    [Fact]
    public async Task SweepAsync_OldAndLarge_OldestGoFirst()
    {
        _limits.MaxJobImageBytes = 25;
        var book = await OpenAsync();
        var oldest = await DoneAsync(book, Images("a", 10));
        _clock.Advance(TimeSpan.FromDays(6));
        var older = await DoneAsync(book, Images("b", 10));
        var newer = await DoneAsync(book, Images("c", 10));

        await book.SweepAsync(default);
        Assert.Equal([newer.Id, older.Id], book.List().Select(j => j.Id));

        _clock.Advance(TimeSpan.FromDays(8));
        await book.SweepAsync(default);
        Assert.Empty(book.List());
        Assert.Empty(await _disk.ListAsync("job-image", default));
        Assert.NotEqual(oldest.Id, older.Id);
    }

    [Fact]
    public async Task SweepAsync_DeadlinePassed_Fails()
    {
        var book = await OpenAsync();
        var job = await AddAsync(book, deadline: TimeSpan.FromMinutes(5));
        _clock.Advance(TimeSpan.FromMinutes(6));

        await book.SweepAsync(default);

        Assert.Equal(JobStatus.Failed, book.Find(job.Id)!.Status);
        Assert.Contains("deadline", book.Find(job.Id)!.Error, StringComparison.Ordinal);
        Assert.Equal(0, book.Waiting);
    }

    private static JobImages Images(string fingerprint, int bytes = 3) =>
        new(fingerprint, new Dictionary<PlotFormat, byte[]> { [PlotFormat.Png] = new byte[bytes] }, 1, bytes);

    private async Task<JobBook> OpenAsync()
    {
        var book = new JobBook(_disk, _limits, new JobOptions(), _clock);
        await book.LoadAsync(workersLiveOn: false, default);
        return book;
    }

    private static Task<Job> AddAsync(JobBook book, string owner = "me", JobPriority priority = JobPriority.Normal, TimeSpan? deadline = null) =>
        book.AddAsync(new JobRequest { Start = "2001", End = "2021", Priority = priority, Deadline = deadline }, Range, owner, null, default);

    private static async Task<Job> DoneAsync(JobBook book, JobImages images)
    {
        await AddAsync(book);
        var (job, _) = await book.TakeAsync(default);
        await book.FinishAsync(job, images);
        Assert.Equal(JobStatus.Done, book.Find(job.Id)!.Status);
        return job;
    }
}
