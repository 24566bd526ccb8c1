using LiveDash.Core.Diagnostics;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Collections;

/// <summary>Runs one follower a collection that is imported or followed, and others when the settings change.</summary>
internal sealed class CollectionService(
    CollectionBook book, CollectionClients clients, IngestPipeline pipeline, SourceRegistry sources, Admission admission, IDocumentStore documents, LoopSupervisor loops, TimeProvider time,
    ILogger<CollectionFollower> logger) : BackgroundService
{
    private readonly Dictionary<CollectionMap, (Task Run, CancellationTokenSource Stop)> _running = [];
    private readonly SemaphoreSlim _changed = new(0);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the first request comes.
        await book.LoadAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        void Wake()
        {
            if (_changed.CurrentCount == 0) _changed.Release();
        }

        book.Changed += Wake;
        try
        {
            await loops.RunAsync("collections", (loop, stop) => RunAsync(loop, stop, stoppingToken), stoppingToken).ConfigureAwait(false);
            await AdjustAsync([], CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            book.Changed -= Wake;
        }
    }

    // What it has begun goes on where this loop fails: only the end of all ends it.
    private async Task RunAsync(BackgroundLoop loop, CancellationToken stop, CancellationToken stoppingToken)
    {
        while (true)
        {
            loop.Turn();
            await AdjustAsync([.. book.Settings.Collections.Where(static map => map.Mode != CollectionMode.Through)], stoppingToken).ConfigureAwait(false);
            await _changed.WaitAsync(stop).ConfigureAwait(false);
        }
    }

    private async Task AdjustAsync(HashSet<CollectionMap> wanted, CancellationToken stoppingToken)
    {
        foreach (var (map, (run, stop)) in _running.Where(pair => !wanted.Contains(pair.Key)).ToList())
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await run.ConfigureAwait(false);
            stop.Dispose();
            _running.Remove(map);
        }

        foreach (var map in wanted.Where(map => !_running.ContainsKey(map)))
        {
            var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var taker = new CollectionTaker(map, clients.Account(map.Name), pipeline, sources, admission, documents, time);
            var follower = new CollectionFollower(map, clients, taker, time, logger);
            _running.Add(map, (Task.Run(() => loops.RunAsync($"collection {map.Name}", follower.RunAsync, stop.Token), CancellationToken.None), stop));
        }
    }
}
