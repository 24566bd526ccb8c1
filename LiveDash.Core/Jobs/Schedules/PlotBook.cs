using System.Collections.Immutable;
using System.Security.Cryptography;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Jobs.Schedules;

/// <summary>
/// Every scheduled plot with its newest image, durable and ready in memory. At most <see cref="Limits.MaxPlots"/>; images beyond
/// <see cref="MaxHeldBytes"/> in all are read from the store when asked for. A plot that is due is drawn by a job; what was missed while the program
/// was down or a drawing took longer than its interval is drawn once. All members are thread-safe.
/// </summary>
public sealed class PlotBook(IDocumentStore documents, JobBook jobs, JobService service, Limits limits, TimeProvider clock) : IDisposable
{
    /// <summary>How many bytes of images are held in memory.</summary>
    public const long MaxHeldBytes = 64L * 1024 * 1024;

    private const string PlotKind = "plot";
    private const string ImageKind = "plot-image";
    // All schedules together are one user of the queue, so they do not crowd out people.
    private const string Owner = "schedules";
    // How many of a schedule's finished jobs stay in the gallery.
    private const int KeptJobs = 5;
    private static readonly long RetryTicks = TimeSpan.TicksPerMinute;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private ImmutableSortedDictionary<string, PlotState> _plots = ImmutableSortedDictionary.Create<string, PlotState>(StringComparer.Ordinal);

    /// <summary>Raised after anything changed, without a payload and on any thread: read <see cref="All"/> then. Handlers must be quick.</summary>
    public event Action? Changed;

    /// <summary>Every plot, by name.</summary>
    public IReadOnlyList<PlotState> All => [.. Volatile.Read(ref _plots).Values];

    /// <summary>One plot, or null.</summary>
    public PlotState? Find(string name) => Volatile.Read(ref _plots).GetValueOrDefault(name);

    /// <summary>Loads what was kept. Called once, first.</summary>
    internal async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var document in await documents.ListAsync(PlotKind, cancellationToken).ConfigureAwait(false))
        {
            if (PlotCodec.Read(document.Id, document.Body, limits) is not { } plot) continue;
            if (plot.Image is { } image && Held() + image.Length <= MaxHeldBytes)
            {
                plot = plot with { Image = image with { Bytes = await documents.GetAsync(ImageKind, document.Id, cancellationToken).ConfigureAwait(false) } };
            }

            Set(plot);
        }

        Changed?.Invoke();
    }

    /// <summary>Keeps a definition under its name. One that draws something new is drawn at once.</summary>
    /// <returns>The plot, and whether the name is new.</returns>
    /// <exception cref="PlotLimitException">There are <see cref="Limits.MaxPlots"/> already.</exception>
    public async Task<(PlotState Plot, bool Created)> PutAsync(PlotDefinition definition, CancellationToken cancellationToken)
    {
        PlotState plot;
        PlotState? before;
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            before = Find(definition.Name);
            if (before is null && _plots.Count >= limits.MaxPlots)
            {
                throw new PlotLimitException($"There are {_plots.Count:N0} scheduled plots, and LiveDash:Limits:MaxPlots allows {limits.MaxPlots:N0}. Delete one first.");
            }

            var now = clock.GetUtcNow().UtcTicks;
            var isNew = before is null || !Same(before.Definition.Request, definition.Request);
            plot = (before ?? new PlotState { Definition = definition }) with
            {
                Definition = definition,
                NextAt = definition.Paused ? null : isNew ? now : definition.Times.Next(now),
                Error = isNew ? null : before!.Error,
            };
            await KeepAsync(plot, null, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }

        Changed?.Invoke();
        return (plot, before is null);
    }

    /// <summary>Makes a plot due now, also a paused one; false where there is none of that name.</summary>
    public async Task<bool> RunAsync(string name, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Find(name) is not { } plot) return false;
            await KeepAsync(plot with { NextAt = clock.GetUtcNow().UtcTicks }, null, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }

        Changed?.Invoke();
        return true;
    }

    /// <summary>Removes a plot and its image; its jobs stay. False where there is none of that name.</summary>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Find(name) is null) return false;
            await documents.ApplyAsync([new(PlotKind, name, null), new(ImageKind, name, null)], cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _plots, _plots.Remove(name));
        }
        finally
        {
            _gate.Release();
        }

        Changed?.Invoke();
        return true;
    }

    /// <summary>The newest image's PNG, from memory unless too much is held; null before the first.</summary>
    public async ValueTask<byte[]?> GetImageAsync(PlotState plot, CancellationToken cancellationToken) =>
        plot.Image is null ? null : plot.Image.Bytes ?? await documents.GetAsync(ImageKind, plot.Definition.Name, cancellationToken).ConfigureAwait(false);

    /// <summary>Takes the images of drawings that are done, and submits what is due.</summary>
    /// <param name="now">UTC ticks.</param>
    /// <param name="cancellationToken">Gives up between two plots.</param>
    internal async Task StepAsync(long now, CancellationToken cancellationToken)
    {
        var changed = false;
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var plot in All)
            {
                var standing = plot;
                if (plot.PendingJob is { } id)
                {
                    var job = jobs.Find(id);
                    if (job is { IsFinished: false }) continue;
                    standing = await TakeAsync(plot, job, cancellationToken).ConfigureAwait(false);
                    changed = true;
                }

                if (standing.NextAt > now || standing.NextAt is null) continue;
                await SubmitAsync(standing, now, cancellationToken).ConfigureAwait(false);
                changed = true;
            }
        }
        finally
        {
            _gate.Release();
            if (changed) Changed?.Invoke();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private static bool Same(JobRequest a, JobRequest b) => JobRequestWriter.ToJson(a).ToJsonString() == JobRequestWriter.ToJson(b).ToJsonString();

    private async Task SubmitAsync(PlotState plot, long now, CancellationToken cancellationToken)
    {
        var definition = plot.Definition;
        var next = definition.Paused ? null : definition.Times.Next(now);
        try
        {
            var job = await service.SubmitAsync(definition.Request, Owner, definition.Name, cancellationToken).ConfigureAwait(false);
            plot = plot with { PendingJob = job.Id, NextAt = next };
        }
        catch (JobRequestException exception)
        {
            // A series that is not there yet, for instance; soon it may be, and until the first image nothing is there to show.
            plot = plot with { Error = exception.Message, NextAt = plot.Image is null && next > now + RetryTicks ? now + RetryTicks : next };
        }
        catch (JobQueueFullException exception)
        {
            plot = plot with { Error = exception.Message, NextAt = now + RetryTicks };
        }

        await KeepAsync(plot, null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<PlotState> TakeAsync(PlotState plot, Job? job, CancellationToken cancellationToken)
    {
        var bytes = job is { Status: JobStatus.Done } ? await jobs.GetImageAsync(job, PlotFormat.Png, cancellationToken).ConfigureAwait(false) : null;
        var taken = plot with { PendingJob = null };
        if (bytes is null)
        {
            taken = taken with
            {
                Error = job?.Status switch
                {
                    JobStatus.Failed => job.Error ?? "The drawing failed.",
                    JobStatus.Cancelled => "The drawing was cancelled.",
                    _ => "The drawing was removed before it was taken.",
                },
            };
        }
        else
        {
            var tag = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16));
            var held = Held() - (plot.Image?.Bytes?.Length ?? 0) + bytes.Length <= MaxHeldBytes;
            taken = taken with { Error = null, Image = new PlotImage(tag, job!.FinishedAt!.Value, bytes.Length, held ? bytes : null) };
        }

        await KeepAsync(taken, bytes, cancellationToken).ConfigureAwait(false);
        var name = plot.Definition.Name;
        foreach (var old in jobs.List().Where(j => j.Schedule == name && j.IsFinished).Skip(KeptJobs)) await jobs.DeleteAsync(old.Id, cancellationToken).ConfigureAwait(false);
        return taken;
    }

    private async Task KeepAsync(PlotState plot, byte[]? image, CancellationToken cancellationToken)
    {
        var name = plot.Definition.Name;
        List<DocumentChange> changes = [new(PlotKind, name, PlotCodec.Write(plot))];
        if (image is not null) changes.Add(new(ImageKind, name, image));
        await documents.ApplyAsync(changes, cancellationToken).ConfigureAwait(false);
        Set(plot);
    }

    private void Set(PlotState plot) => Volatile.Write(ref _plots, _plots.SetItem(plot.Definition.Name, plot));

    private long Held() => _plots.Values.Sum(static plot => (long)(plot.Image?.Bytes?.Length ?? 0));
}
