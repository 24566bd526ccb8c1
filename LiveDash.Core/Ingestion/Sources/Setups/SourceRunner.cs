using System.Collections.Concurrent;
using LiveDash.Core.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace LiveDash.Core.Ingestion.Sources.Setups;

/// <summary>
/// Runs what is set up, each in a supervised loop of its own: one that fails is told and run again; one whose settings change is stopped and begun anew. Thread-safe.
/// </summary>
public sealed class SourceRunner(SourceBook book, SourceParts parts, LoopSupervisor loops) : BackgroundService
{
    private static readonly TimeSpan s_testTime = TimeSpan.FromSeconds(15);

    // How long sources may take to end, all together, when the program does. One that has not by then, such as one whose client cannot be told to give up, is left: what it read and did not acknowledge is read again.
    private static readonly TimeSpan s_endTime = TimeSpan.FromSeconds(3);
    private readonly Dictionary<string, (SourceSetup Setup, CancellationTokenSource Stop, Task Loop)> _running = [];
    private readonly ConcurrentDictionary<string, SourceState> _states = new();
    private readonly SemaphoreSlim _changed = new(0);
    private bool _isLoaded;

    /// <summary>How a source does now.</summary>
    public SourceState StateOf(string name) => _states.GetOrAdd(name, static _ => new SourceState());

    /// <summary>Tries a setup without keeping it: true and what was found, or false and why not.</summary>
    public async Task<(bool Works, string Text)> TestAsync(SourceSetup setup, CancellationToken cancellationToken)
    {
        if (book.KindOf(setup.Kind) is not { } kind) return (false, "There is no such kind.");
        if (kind.Faults(setup.Values) is { Count: > 0 } faults) return (false, string.Join('\n', faults.Select(static fault => fault.Text)));
        using var limit = new CancellationTokenSource(s_testTime, parts.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return (true, await kind.TestAsync(new SourceContext(kind, setup, parts, new SourceState()), either.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, $"Nothing was answered for {s_testTime.TotalSeconds:0} s.");
        }
        catch (Exception e) when (e is not OutOfMemoryException and not OperationCanceledException)
        {
            return (false, e.InnerException is { } inner ? $"{e.Message} {inner.Message}" : e.Message);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _changed.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        book.Changed += Wake;
        try
        {
            await loops.RunAsync("sources", (loop, stop) => RunAsync(loop, stop, stoppingToken), stoppingToken).ConfigureAwait(false);
        }
        finally
        {
            book.Changed -= Wake;
            await EndAllAsync().ConfigureAwait(false);
        }
    }

    // All at once: however many there are, they take as long as the slowest.
    private async Task EndAllAsync()
    {
        foreach (var (_, stop, _) in _running.Values) await stop.CancelAsync().ConfigureAwait(false);
        try
        {
            await Task.WhenAll(_running.Values.Select(static running => running.Loop)).WaitAsync(s_endTime, parts.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Left as it is.
        }

        foreach (var (name, (_, stop, loop)) in _running)
        {
            StateOf(name).Set("stopped");
            if (loop.IsCompleted) stop.Dispose();
        }

        _running.Clear();
    }

    private void Wake() => _changed.Release();

    // What it has begun goes on where this loop fails: only the end of all ends it.
    private async Task RunAsync(BackgroundLoop loop, CancellationToken stop, CancellationToken stoppingToken)
    {
        if (!_isLoaded) await book.LoadAsync(stop).ConfigureAwait(false);
        _isLoaded = true;
        while (true)
        {
            loop.Turn();
            await ReconcileAsync(stoppingToken).ConfigureAwait(false);
            await _changed.WaitAsync(stop).ConfigureAwait(false);
        }
    }

    private async Task ReconcileAsync(CancellationToken stoppingToken)
    {
        var wanted = book.All.Where(static setup => setup.Enabled).ToDictionary(static setup => setup.Name);
        foreach (var (name, running) in _running.ToList())
        {
            if (!wanted.TryGetValue(name, out var setup) || !ReferenceEquals(setup, running.Setup)) await StopAsync(name).ConfigureAwait(false);
        }

        foreach (var setup in wanted.Values.Where(setup => !_running.ContainsKey(setup.Name)))
        {
            var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            _running.Add(setup.Name, (setup, stop, Task.Run(() => LoopAsync(setup, stop.Token), CancellationToken.None)));
        }
    }

    private async Task StopAsync(string name)
    {
        var (_, stop, loop) = _running[name];
        await stop.CancelAsync().ConfigureAwait(false);
        await loop.ConfigureAwait(false);
        stop.Dispose();
        _running.Remove(name);
        StateOf(name).Set("stopped");
    }

    private Task LoopAsync(SourceSetup setup, CancellationToken stop)
    {
        var kind = book.KindOf(setup.Kind)!;
        var state = StateOf(setup.Name);
        return loops.RunAsync($"source {setup.Name}", async (loop, life) =>
        {
            // Run again by the supervision after it was told to stop: there is nothing that it would have to end.
            stop.ThrowIfCancellationRequested();
            state.Begins(loop);
            try
            {
                await kind.RunAsync(new SourceContext(kind, setup, parts, state), life).ConfigureAwait(false);
                state.Set("ended");
            }
            catch (Exception e) when (!life.IsCancellationRequested)
            {
                state.Fails(e.Message);
                parts.Sources.Get(kind.Name, setup.Name).Report(e.Message);
                throw;
            }
        }, stop);
    }
}
