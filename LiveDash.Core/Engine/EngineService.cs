using LiveDash.Core.Diagnostics;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Engine;

/// <summary>
/// Runs the engine's loops, ticks them, and at the start fetches the newest value of every series from the store, the liveliest series first.
/// On stopping, the shards finish what waits.
/// </summary>
internal sealed partial class EngineService(
    LiveEngine engine, EngineOptions options, SeriesCatalog catalog, LoopSupervisor loops, TimeProvider time, ILogger<EngineService> logger) : IHostedService
{
    private readonly CancellationTokenSource _stop = new();
    private Task[] _loops = [];
    private Task _load = Task.CompletedTask;
    private ITimer? _timer;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        engine.History.FirstUnstored = catalog.Count;
        await LoadAheadAsync(cancellationToken).ConfigureAwait(false);
        _loops = [.. engine.Shards.Select((shard, i) => Task.Run(() => RunAsync(shard, i), CancellationToken.None))];
        _timer = time.CreateTimer(Tick, null, options.Tick, options.Tick);
        if (engine.Lateness is { } lateness) lateness.Changed += FollowLateness;
        _load = Task.Run(() => loops.RunAsync("engine start", (_, stop) => LoadLastValuesAsync(stop), _stop.Token), CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (engine.Lateness is { } lateness) lateness.Changed -= FollowLateness;
        if (_timer is not null) await _timer.DisposeAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        foreach (var shard in engine.Shards) shard.Complete();
        await Task.WhenAll([_load, .. _loops]).WaitAsync(cancellationToken).ConfigureAwait(false);
        _stop.Dispose();
    }

    /// <summary>Reads the newest value of every series the store knows.</summary>
    internal async Task LoadLastValuesAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var stats in engine.History.Stats().OrderByDescending(s => s.Last))
            {
                if (await engine.History.ReadLastAsync(stats, cancellationToken).ConfigureAwait(false) is not { } last) continue;
                var local = engine.Local(stats.Series);
                var shard = engine.Shard(stats.Series);
                shard.Post(_ => shard.Rows.Load(local, last.Time, last.Value, shard.Limit));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogStopped(logger);
        }
    }

    /// <summary>Takes in the stored points that are ahead of the clock: they wait for their time as if there had been no restart. Nearly always there are none.</summary>
    internal async Task LoadAheadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcTicks;
        foreach (var stats in engine.History.Stats().Where(stats => stats.Last > now))
        {
            var shard = engine.Shard(stats.Series);
            var ahead = await engine.History.ReadAheadAsync(stats.Series, now, AheadPoints.MaxPoints, cancellationToken).ConfigureAwait(false);
            shard.Post(_ => shard.TakeAhead(engine.Local(stats.Series), ahead.Points));
        }
    }

    private Task RunAsync(EngineShard shard, int index) => loops.RunAsync($"engine {index + 1}", (loop, _) =>
    {
        shard.Turning = loop.Turn;
        return shard.RunAsync(time);
    }, CancellationToken.None);

    private void FollowLateness()
    {
        foreach (var shard in engine.Shards) shard.Post(_ =>
        {
            shard.Windows.FollowLateness();
            shard.Detectors.FollowLateness();
        });
    }

    private void Tick(object? state)
    {
        foreach (var shard in engine.Shards) shard.PostTick();
    }

    [LoggerMessage(EventId = 3003, Level = LogLevel.Debug, Message = "Stopped while reading the newest values")]
    private static partial void LogStopped(ILogger logger);
}
