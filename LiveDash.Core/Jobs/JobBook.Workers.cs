using System.Diagnostics.CodeAnalysis;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Jobs;

/// <content>What queues and workers do with the book: take a job, tell how far it is, end it.</content>
public sealed partial class JobBook
{
    /// <summary>Waits for a job and marks it as running; the token is cancelled with the job. Each job is held by one worker at a time.</summary>
    internal async Task<(Job Job, CancellationToken Token)> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _work.WaitAsync(cancellationToken).ConfigureAwait(false);
            Job job;
            CancellationTokenSource source;
            lock (_gate)
            {
                // A permit without a job is one whose job was cancelled while it waited.
                if (!_waiting.TryDequeue(out var id)) continue;
                job = _jobs[id] = _jobs[id] with { Status = JobStatus.Running, Attempts = _jobs[id].Attempts + 1, StartedAt = Now(), Progress = 0 };
                source = new CancellationTokenSource();
                _running[id] = source;
            }

            try
            {
                await documents.ApplyAsync([new(JobKind, job.Id, JobCodec.Write(job))], cancellationToken).ConfigureAwait(false);
            }
            catch (Exception)
            {
                PutBack(job);
                throw;
            }

            Announce();
            return (job, source.Token);
        }
    }

    /// <summary>Takes the next job out of the line without waiting; it stays submitted until a worker begins it. The token is cancelled with the job.</summary>
    internal bool TryReserve([NotNullWhen(true)] out Job? job, out CancellationToken cancelled)
    {
        job = null;
        cancelled = default;
        while (job is null && _work.Wait(0))
        {
            lock (_gate)
            {
                // A permit without a job is one whose job was cancelled while it waited.
                if (!_waiting.TryDequeue(out var id)) continue;
                job = _jobs[id];
                var source = new CancellationTokenSource();
                _running[id] = source;
                cancelled = source.Token;
            }
        }

        return job is not null;
    }

    /// <summary>Notes who makes a reserved job, or with null that nobody does just now.</summary>
    /// <returns>The job as it is then; null where it is finished or gone.</returns>
    internal async Task<Job?> NoteWorkerAsync(string id, string? worker, int attempt, long startedAt)
    {
        Job job;
        lock (_gate)
        {
            if (!_jobs.TryGetValue(id, out var known) || known.IsFinished) return null;
            job = worker is null
                ? known with { Status = JobStatus.Submitted, Worker = null, Progress = 0 }
                : known with { Status = JobStatus.Running, Worker = worker, Attempts = attempt, StartedAt = startedAt, Progress = 0 };
            _jobs[id] = job;
        }

        await documents.ApplyAsync([new(JobKind, id, JobCodec.Write(job))], CancellationToken.None).ConfigureAwait(false);
        Announce();
        return job;
    }

    /// <summary>Notes how far a running job is.</summary>
    internal void Progress(string id, int percent)
    {
        lock (_gate)
        {
            if (!_jobs.TryGetValue(id, out var job) || job.Status != JobStatus.Running) return;
            _jobs[id] = job with { Progress = percent };
        }

        Announce();
    }

    /// <summary>What is kept of a fingerprint, or null.</summary>
    internal JobImages? FindImages(string fingerprint)
    {
        lock (_gate)
        {
            var job = _jobs.Values.FirstOrDefault(j => j.Status == JobStatus.Done && j.Image == fingerprint);
            return job is null ? null : new JobImages(fingerprint, new Dictionary<PlotFormat, byte[]>(), job.Points, job.ImageBytes);
        }
    }

    /// <summary>Ends a worker's hold on a job with an image, unless the job was cancelled meanwhile.</summary>
    internal Task FinishAsync(Job job, JobImages images)
    {
        var done = job with { Status = JobStatus.Done, Progress = 100, Image = images.Fingerprint, ImageBytes = images.Bytes, Points = images.Points, FinishedAt = Now(), Error = null };
        return EndAsync(done, [.. images.Files.Select(f => new DocumentChange(ImageKind, ImageId(images.Fingerprint, f.Key), f.Value))]);
    }

    /// <summary>Ends a worker's hold on a job that cannot be made.</summary>
    internal Task FailAsync(Job job, string error) => EndAsync(job with { Status = JobStatus.Failed, Error = error, FinishedAt = Now(), Progress = 0 }, []);

    /// <summary>Gives a job back to be begun again.</summary>
    /// <param name="job">The job as it was taken.</param>
    /// <param name="counts">False where the attempt was cut short by no fault of the job, such as a shutdown.</param>
    internal Task ReturnAsync(Job job, bool counts) =>
        EndAsync(job with { Status = JobStatus.Submitted, Attempts = counts ? job.Attempts : job.Attempts - 1, Progress = 0 }, []);

    /// <summary>Puts a job back whose beginning or end could not be kept, such as on a full disk: it is made again, and the attempt does not count. Nothing where it is finished.</summary>
    internal void PutBack(Job job)
    {
        lock (_gate)
        {
            if (_running.Remove(job.Id, out var source)) source.Dispose();
            if (!_jobs.TryGetValue(job.Id, out var current) || current.IsFinished || _waiting.Contains(job.Id)) return;
            var attempts = current.Status == JobStatus.Running ? current.Attempts - 1 : current.Attempts;
            _jobs[job.Id] = current with { Status = JobStatus.Submitted, Attempts = attempts, Progress = 0, Image = null };
            // An image that was claimed and could not be written is nobody's.
            if (current.Image is { } image && _jobs.Values.All(other => other.Image != image)) _images.Remove(image);
            Enqueue_NeedsLock(_jobs[job.Id]);
        }

        Announce();
    }

    private async Task EndAsync(Job ended, List<DocumentChange> files)
    {
        lock (_gate)
        {
            if (_running.Remove(ended.Id, out var source)) source.Dispose();
            if (_jobs.TryGetValue(ended.Id, out var current) && !current.IsFinished)
            {
                if (ended.Image is not null && files.Count == 0 && !_images.Contains(ended.Image))
                {
                    // The image it would have shared was removed meanwhile.
                    ended = current with { Status = JobStatus.Submitted, Attempts = current.Attempts - 1, Progress = 0 };
                }
                else if (ended.Image is not null)
                {
                    // Claimed before it is written, or a removal would take the image for an orphan.
                    _images.Add(ended.Image);
                    _jobs[ended.Id] = current with { Image = ended.Image };
                }

                files.Add(new(JobKind, ended.Id, JobCodec.Write(ended)));
            }
            else
            {
                files.Clear();
            }
        }

        await documents.ApplyAsync(files, CancellationToken.None).ConfigureAwait(false);
        Job? standing;
        lock (_gate)
        {
            if (_jobs.TryGetValue(ended.Id, out standing) && !standing.IsFinished)
            {
                _jobs[ended.Id] = standing = ended;
                if (ended.Status == JobStatus.Submitted) Enqueue_NeedsLock(ended);
            }
        }

        // Cancelled or removed meanwhile: that stands, on disk too.
        if (standing != ended)
        {
            await documents.ApplyAsync([new(JobKind, ended.Id, standing is null ? null : JobCodec.Write(standing)), .. Orphans()], CancellationToken.None).ConfigureAwait(false);
        }

        Announce();
    }
}
