using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Jobs;

/// <summary>Takes plot jobs and tells about them. All members are thread-safe.</summary>
public sealed class JobService : IDisposable
{
    // How many previews are drawn at once in the whole program; others wait their turn.
    private const int MostPreviews = 2;
    private readonly SemaphoreSlim _previews = new(MostPreviews);
    private readonly JobBook _book;
    private readonly JobRunner _runner;
    private readonly TimeProvider _clock;

    /// <summary>Made once, by the container.</summary>
    public JobService(JobBook book, SeriesCatalog catalog, IPointStore store, Limits limits, TimeProvider clock)
    {
        _book = book;
        _runner = new JobRunner(catalog, store, limits);
        _clock = clock;
    }

    /// <summary>Checks a request against the clock and the catalog, keeps it and queues it.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="owner">Who asks; users take turns.</param>
    /// <param name="schedule">The schedule it is made for, or null.</param>
    /// <param name="cancellationToken">Gives up; the job may have been kept.</param>
    /// <exception cref="JobRequestException">The range is reversed or unreadable, or a series is unknown.</exception>
    /// <exception cref="JobQueueFullException">As many wait as may.</exception>
    public Task<Job> SubmitAsync(JobRequest request, string owner, string? schedule, CancellationToken cancellationToken)
    {
        var range = Resolve(request);
        return _book.AddAsync(request, range, owner, schedule, cancellationToken);
    }

    /// <summary>Draws a request at once on the calling thread, without keeping anything: a preview.</summary>
    /// <exception cref="JobRequestException">The range is reversed or unreadable, or a series is unknown.</exception>
    /// <exception cref="PlotException">It cannot be drawn.</exception>
    public JobImages Preview(JobRequest request, CancellationToken cancellationToken) =>
        _runner.Run(request, Resolve(request), static _ => null, static _ => { }, cancellationToken);

    /// <summary>As <see cref="Preview"/>, on a thread that gives way to everything else; two at once at most.</summary>
    /// <exception cref="OperationCanceledException">It was no longer wanted.</exception>
    public Task<JobImages> PreviewAsync(JobRequest request, CancellationToken cancellationToken) =>
        AsideAsync(() => Preview(request, cancellationToken), cancellationToken);

    /// <summary>Draws lines that are of no stored series, as the values of an expression, on such a thread too.</summary>
    /// <param name="spec">How it looks; a line plot.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="range">What the axis shows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PlotException">It cannot be drawn.</exception>
    /// <exception cref="OperationCanceledException">It was no longer wanted.</exception>
    public async Task<JobImages> DrawAsync(PlotSpec spec, IReadOnlyList<PlotLine> lines, TimeRange range, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var plan = new PlotPlan
        {
            Spec = spec,
            Series = LinePlotPoints.SeriesOf(lines),
            Range = range,
            Axis = range,
            Expected = Math.Max(1, lines.Sum(static line => (long)line.Times.Length)),
            MostPoints = long.MaxValue,
            Fingerprint = "",
        };
        return await AsideAsync(() => PlotDrawer.Draw(plan, new LinePlotPoints(lines), static _ => { }, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task<JobImages> AsideAsync(Func<JobImages> draw, CancellationToken cancellationToken)
    {
        await _previews.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var drawn = new TaskCompletionSource<JobImages>(TaskCreationOptions.RunContinuationsAsynchronously);
            WorkerThread.Start("plot preview", () =>
            {
                try
                {
                    drawn.SetResult(draw());
                }
                catch (Exception exception)
                {
                    drawn.SetException(exception);
                }
            });
            return await drawn.Task.ConfigureAwait(false);
        }
        finally
        {
            _previews.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _previews.Dispose();

    /// <summary>Makes the image of a job that a worker holds.</summary>
    internal JobImages Run(Job job, CancellationToken cancellationToken) =>
        _runner.Run(job.Request, job.Range, _book.FindImages, percent => _book.Progress(job.Id, percent), cancellationToken);

    /// <summary>All that a worker elsewhere must know of a job.</summary>
    /// <exception cref="PlotException">It cannot be made.</exception>
    internal PlotPlan Plan(Job job, CancellationToken cancellationToken) => _runner.Plan(job.Request, job.Range, cancellationToken);

    private TimeRange Resolve(JobRequest request)
    {
        List<FieldFault> faults = [.. JobRange.Read(request.Start, request.End, _clock.GetUtcNow().UtcTicks, out var range), .. _runner.Check(request.Series)];
        if (faults.Count > 0) throw new JobRequestException(faults);
        return range;
    }
}
