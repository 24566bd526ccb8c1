using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Jobs;

/// <summary>
/// Every job and its image, kept in the document store. A job is acknowledged once it is on disk; what a worker holds is marked as running on disk
/// before it begins, so after a crash it is begun again and counted. Bounded by <see cref="Limits.MaxQueuedJobs"/> waiting jobs, and
/// by <see cref="Limits.MaxJobAge"/> and <see cref="Limits.MaxJobImageBytes"/> for the finished. All members are thread-safe.
/// </summary>
public sealed partial class JobBook(IDocumentStore documents, Limits limits, JobOptions options, TimeProvider clock)
{
    private const string JobKind = "job";
    private const string ImageKind = "job-image";
    // A user with nothing waiting is let in past the limit, so that one user's flood does not shut out the others; this many at most.
    private const int Reserve = 64;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Job> _jobs = [];
    private readonly FairQueue _waiting = new();
    private readonly Dictionary<string, CancellationTokenSource> _running = [];
    // The fingerprints whose files are kept; one for each job at most.
    private readonly HashSet<string> _images = [];
    private readonly SemaphoreSlim _work = new(0);
    private int _admitting;
    private long _lastSubmitted;
    private long _version;

    /// <summary>Raised after any job changed, without a payload and on any thread: read <see cref="List"/> then. Handlers must be quick.</summary>
    public event Action? Changed;

    /// <summary>Raised with the ids of jobs that were removed, on any thread. Handlers must be quick.</summary>
    internal event Action<IReadOnlyList<string>>? Removed;

    /// <summary>Grows with every change.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>How many jobs wait.</summary>
    public int Waiting
    {
        get { lock (_gate) return _waiting.Count; }
    }

    /// <summary>Loads what was kept and queues what was not finished. Called once, first.</summary>
    /// <param name="workersLiveOn">True where workers do not end with this process: a job that was running is no attempt that failed.</param>
    /// <param name="cancellationToken">Stops between two documents.</param>
    public async Task LoadAsync(bool workersLiveOn, CancellationToken cancellationToken)
    {
        var changes = new List<DocumentChange>();
        var kept = await documents.ListAsync(JobKind, cancellationToken).ConfigureAwait(false);
        foreach (var job in kept.Select(d => JobCodec.Read(d.Id, d.Body, limits)).OfType<Job>().OrderBy(static j => j.SubmittedAt).Select(Resume))
        {
            lock (_gate)
            {
                _jobs[job.Id] = job;
                if (job.Image is not null) _images.Add(job.Image);
                if (job.Status == JobStatus.Submitted) Enqueue_NeedsLock(job);
            }
        }

        await documents.ApplyAsync(changes, cancellationToken).ConfigureAwait(false);
        Announce();

        Job Resume(Job job)
        {
            if (job.Status != JobStatus.Running) return job;
            job = !workersLiveOn && job.Attempts >= options.MaxAttempts
                ? job with { Status = JobStatus.Failed, FinishedAt = Now(), Error = $"It was begun {job.Attempts} times and the program ended each time before it was done." }
                : job with { Status = JobStatus.Submitted };
            changes.Add(new(JobKind, job.Id, JobCodec.Write(job)));
            return job;
        }
    }

    /// <summary>Keeps a new job and queues it.</summary>
    /// <exception cref="JobQueueFullException">As many wait as may.</exception>
    public async Task<Job> AddAsync(JobRequest request, TimeRange range, string owner, string? schedule, CancellationToken cancellationToken)
    {
        Job job;
        lock (_gate)
        {
            var waiting = _waiting.Count + _admitting;
            var most = _waiting.CountOf(owner) == 0 ? limits.MaxQueuedJobs + Reserve : limits.MaxQueuedJobs;
            if (waiting >= most)
            {
                throw new JobQueueFullException($"{waiting:N0} jobs wait, and LiveDash:Limits:MaxQueuedJobs allows {limits.MaxQueuedJobs:N0}. Try again when some are done.");
            }

            _admitting++;
            // No two are submitted at the same time, so that the order of the list is theirs.
            _lastSubmitted = Math.Max(_lastSubmitted + 1, Now());
            job = new Job { Id = NewId(_lastSubmitted), Owner = owner, Request = request, Range = range, SubmittedAt = _lastSubmitted, Schedule = schedule };
        }

        try
        {
            await documents.ApplyAsync([new(JobKind, job.Id, JobCodec.Write(job))], cancellationToken).ConfigureAwait(false);
            lock (_gate)
            {
                _jobs[job.Id] = job;
                Enqueue_NeedsLock(job);
            }
        }
        finally
        {
            lock (_gate) _admitting--;
        }

        Announce();
        return job;
    }

    /// <summary>One job, or null.</summary>
    public Job? Find(string id)
    {
        lock (_gate) return _jobs.GetValueOrDefault(id);
    }

    /// <summary>Every job, the newest first.</summary>
    public IReadOnlyList<Job> List()
    {
        lock (_gate) return [.. _jobs.Values.OrderByDescending(static j => j.SubmittedAt).ThenByDescending(static j => j.Id, StringComparer.Ordinal)];
    }

    /// <summary>The image of a job that is done, or null where there is none in that format.</summary>
    public async Task<byte[]?> GetImageAsync(Job job, PlotFormat format, CancellationToken cancellationToken) =>
        job.Image is null ? null : await documents.GetAsync(ImageKind, ImageId(job.Image, format), cancellationToken).ConfigureAwait(false);

    /// <summary>Cancels a job that is not finished, or removes one that is, with its image unless another job shares it.</summary>
    /// <returns>False where there is no such job.</returns>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        Job? job;
        CancellationTokenSource? running = null;
        lock (_gate)
        {
            if (!_jobs.TryGetValue(id, out job)) return false;
            if (!job.IsFinished)
            {
                _waiting.Remove(id);
                _running.TryGetValue(id, out running);
                _jobs[id] = job = job with { Status = JobStatus.Cancelled, FinishedAt = Now(), Progress = 0 };
            }
            else
            {
                _jobs.Remove(id);
                job = null;
            }
        }

        if (running is not null) await running.CancelAsync().ConfigureAwait(false);
        var changes = new List<DocumentChange> { new(JobKind, id, job is null ? null : JobCodec.Write(job)) };
        if (job is null) changes.AddRange(Orphans());
        await documents.ApplyAsync(changes, cancellationToken).ConfigureAwait(false);
        if (job is null) Removed?.Invoke([id]);
        Announce();
        return true;
    }

    /// <summary>Fails what waited past its deadline, and removes finished jobs that are too old or whose images take too much, the oldest first.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = Now();
        var changes = new List<DocumentChange>();
        List<string> removed;
        lock (_gate)
        {
            foreach (var job in _jobs.Values.Where(j => j.Status == JobStatus.Submitted && j.DeadlineAt <= now).ToList())
            {
                if (!_waiting.Remove(job.Id)) continue;
                var failed = _jobs[job.Id] = job with { Status = JobStatus.Failed, Error = "Its deadline passed before a worker was free.", FinishedAt = now };
                changes.Add(new(JobKind, job.Id, JobCodec.Write(failed)));
            }

            removed = [.. TooMuch_NeedsLock(now)];
            foreach (var id in removed)
            {
                _jobs.Remove(id);
                changes.Add(new(JobKind, id, null));
            }
        }

        if (changes.Count == 0) return;
        changes.AddRange(Orphans());
        await documents.ApplyAsync(changes, cancellationToken).ConfigureAwait(false);
        if (removed.Count > 0) Removed?.Invoke(removed);
        Announce();
    }

    private static string ImageId(string fingerprint, PlotFormat format) => fingerprint + "." + JobNames.Of(format);

    private long Now() => clock.GetUtcNow().UtcTicks;

    private void Announce()
    {
        Interlocked.Increment(ref _version);
        Changed?.Invoke();
    }

    private void Enqueue_NeedsLock(Job job)
    {
        _waiting.Enqueue(job.Id, job.Owner, job.Request.Priority);
        _work.Release();
    }

    // RFC 9562, 5.7: milliseconds first, so that ids grow with time.
    private static string NewId(long submittedAt) => Guid.CreateVersion7(new DateTimeOffset(submittedAt, TimeSpan.Zero)).ToString();

    private List<DocumentChange> Orphans()
    {
        lock (_gate)
        {
            var orphans = _images.Except(_jobs.Values.Where(static j => j.Status != JobStatus.Cancelled).Select(static j => j.Image!)).ToList();
            _images.ExceptWith(orphans);
            return [.. orphans.SelectMany(static image => Enum.GetValues<PlotFormat>().Select(format => new DocumentChange(ImageKind, ImageId(image, format), null)))];
        }
    }

    private IEnumerable<string> TooMuch_NeedsLock(long now)
    {
        var finished = _jobs.Values.Where(static j => j.IsFinished).OrderByDescending(static j => j.FinishedAt).ToList();
        var counted = new HashSet<string>();
        long bytes = 0;
        foreach (var job in finished)
        {
            if (job.Image is not null && counted.Add(job.Image)) bytes += job.ImageBytes;
            if (now - job.FinishedAt > limits.MaxJobAge.Ticks || bytes > limits.MaxJobImageBytes) yield return job.Id;
        }
    }
}
