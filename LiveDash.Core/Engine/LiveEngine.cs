using System.Collections.Concurrent;
using LiveDash.Core.Detection;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Engine;

/// <summary>
/// Summarises points as they arrive. A series belongs to one shard, a shard is one loop, and only that loop changes the series' windows, charts and
/// alerts; everybody else reads what it publishes. All public members are thread-safe.
/// </summary>
public sealed partial class LiveEngine : IPointConsumer
{
    private static readonly TimeSpan DefaultLateness = WindowOptions.Default.AllowedLateness;

    private readonly EngineShard[] _shards;
    private readonly TimeProvider _time;
    private readonly EngineOptions _options;
    private readonly HistoryReader _history;
    private readonly ChangeListeners _anyPoint = new();
    private readonly ChangeListeners _newSeries = new();

    /// <summary>Makes the engine; its loops run once it is started.</summary>
    /// <param name="options">How it is sized.</param>
    /// <param name="time">The clock of its loops.</param>
    /// <param name="logger">Takes its faults.</param>
    /// <param name="store">What windows are rebuilt from; null when there is nothing.</param>
    /// <param name="judges">Makes the judge of each shard; null when nothing is judged.</param>
    /// <param name="lateness">The lateness of judged windows; null for the default of 5 s.</param>
    /// <param name="clock">The clock whose hours repeat in series, for their detectors; null for UTC.</param>
    /// <param name="unitOf">The unit that detectors write behind the values of a series, by its number; null for none.</param>
    public LiveEngine(
        EngineOptions options, TimeProvider time, ILogger<LiveEngine> logger, IPointStore? store = null, IPointJudgeFactory? judges = null,
        ISeriesLateness? lateness = null, LocalClock? clock = null, Func<int, string>? unitOf = null)
    {
        _time = time;
        _options = options;
        _history = new HistoryReader(store, options, logger);
        var parts = new ShardParts(options, options.EffectiveShards, _history, judges, logger, lateness, _anyPoint, _newSeries, clock ?? LocalClock.Utc, unitOf ?? (static _ => ""));
        Lateness = lateness;
        _shards = new EngineShard[parts.Shards];
        for (var i = 0; i < _shards.Length; i++) _shards[i] = new EngineShard(i, parts);
    }

    /// <summary>How it is doing.</summary>
    public EngineStatus Status => new(
        _shards.Sum(s => s.Points), _shards.Sum(s => s.Queued), _shards.Sum(s => s.Windows.Count), _history.Scans,
        _shards.Sum(s => s.Faults) + _history.Failures, _shards.Length, _shards.Sum(s => s.Ahead.Waiting), _shards.Sum(s => s.Ahead.Refused));

    /// <summary>About how many bytes the points of all windows take, as of the last tick.</summary>
    public long WindowBytes => _shards.Sum(static shard => shard.Windows.Bytes);

    internal IReadOnlyList<EngineShard> Shards => _shards;

    internal HistoryReader History => _history;

    internal ISeriesLateness? Lateness { get; }

    /// <summary>The wall clock, in UTC ticks.</summary>
    public long NowTicks => _time.GetUtcNow().UtcTicks;

    /// <summary>
    /// Hands a batch to the shards, which retain it while they need it; waits while a shard's queue is full. Points of one caller are handled in the
    /// order they were posted in.
    /// </summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing of the batch was taken.</exception>
    public async ValueTask PostAsync(PointBatch batch, CancellationToken cancellationToken)
    {
        var wanted = ShardsOf(batch);
        var taken = 0UL;
        try
        {
            for (var i = 0; i < _shards.Length; i++)
            {
                if ((wanted & (1UL << i)) == 0) continue;
                await _shards[i].WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
                taken |= 1UL << i;
            }
        }
        catch (OperationCanceledException)
        {
            for (var i = 0; i < _shards.Length; i++)
            {
                if ((taken & (1UL << i)) != 0) _shards[i].ReturnRoom();
            }

            throw;
        }

        for (var i = 0; i < _shards.Length; i++)
        {
            if ((wanted & (1UL << i)) == 0) continue;
            batch.RetainToRead();
            _shards[i].Post(batch);
        }
    }

    /// <inheritdoc/>
    public void Replaced(IReadOnlyCollection<int> series)
    {
        foreach (var one in series)
        {
            var shard = Shard(one);
            shard.Post(now =>
            {
                shard.Windows.Reread(one, now);
                if (shard.States.OfSeries(one) is { } state) shard.Detectors.Rebuild(state);
            });
        }
    }

    /// <summary>The newest point of a series; false where none is known.</summary>
    public bool TryReadLast(int series, out SeriesReading reading) => Shard(series).Rows.TryRead(Local(series), out reading);

    /// <summary>Leases a window. Leases of the same series, spec and lateness share it.</summary>
    /// <param name="series">The interned series.</param>
    /// <param name="spec">Which points count.</param>
    /// <param name="needs">Aggregates beyond those every window has.</param>
    /// <param name="signal">Is raised when the window changes; null when nobody waits.</param>
    /// <param name="lateness">How late a point may come and still count; null for the default of 5 s.</param>
    public WindowLease LeaseWindow(
        int series, WindowSpec spec, IReadOnlyList<AggregateSpec> needs, ChangeSignal? signal = null, TimeSpan? lateness = null) =>
        new(Shard(series), new WindowRequest(series, spec, needs, lateness ?? DefaultLateness), signal);

    /// <summary>Leases a live chart of the newest <paramref name="span"/>. Charts of the same column width align.</summary>
    /// <param name="series">The interned series.</param>
    /// <param name="span">How far back it goes; positive.</param>
    /// <param name="columns">How many pixel columns it has, 1 to 10,000.</param>
    /// <param name="signal">Is raised when the chart changes; null when nobody waits.</param>
    public ChartLease LeaseChart(int series, TimeSpan span, int columns, ChangeSignal? signal = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(span, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, 10_000);
        return new(Shard(series), series, Math.Max(1, span.Ticks / columns), columns, signal);
    }

    /// <summary>Leases the located points of a series.</summary>
    /// <param name="series">The interned series.</param>
    /// <param name="history">How many stored points to begin with.</param>
    /// <param name="signal">Is raised when a located point arrives; null when nobody waits.</param>
    public LocatedLease LeaseLocated(int series, int history, ChangeSignal? signal = null) =>
        new(Shard(series), series, Math.Min(history, _options.LocatedCapacity), _history, signal);

    /// <summary>
    /// A window as it is after everything posted before this call: rebuilt from the store if nobody holds it, and given back afterwards. A small one stays for 15 s, so
    /// that who asks again and again does not read the store each time (<see cref="LingeringWindows"/>).
    /// </summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled, or the engine has stopped.</exception>
    public async Task<WindowSnapshot> QueryAsync(
        int series, WindowSpec spec, IReadOnlyList<AggregateSpec> needs, CancellationToken cancellationToken, TimeSpan? lateness = null)
    {
        using var lease = new WindowLease(Shard(series), new WindowRequest(series, spec, needs, lateness ?? DefaultLateness), signal: null, lingers: true);
        return await lease.ReadFreshAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The columns of a stored range, by time: what a chart of the past shows. Columns without points are left out.</summary>
    /// <param name="series">The interned series.</param>
    /// <param name="range">Which time, half-open.</param>
    /// <param name="columns">How many pixel columns it has, 1 to 10,000.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    /// <param name="goesOn">Told how many points are read at a time; false for no more. To the end where it is left out.</param>
    public async Task<IReadOnlyList<ChartColumn>> ReadRangeAsync(int series, TimeRange range, int columns, CancellationToken cancellationToken, Func<int, bool>? goesOn = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, 10_000);
        if (range.IsEmpty) return [];
        var chart = new ChartColumns(Math.Max(1, (range.To - range.From) / columns), columns + 1);
        var query = new PointQuery { Series = [series], Range = range, WithSummaries = true };
        await _history.ScanAsync(query, block =>
        {
            chart.AddRange(block);
            return goesOn is null || goesOn(block.Count);
        }, cancellationToken).ConfigureAwait(false);
        var found = new List<ChartColumn>();
        chart.CopySince(0, found);
        return found;
    }

    /// <summary>The newest stored point of a series before a time: the state that it was in then. Null where there is none.</summary>
    public Task<(long Time, double Value)?> ReadBeforeAsync(int series, long before, CancellationToken cancellationToken) => _history.ReadBeforeAsync(series, before, cancellationToken);

    /// <summary>One aggregate over all points of a stored range: what a number of the past shows. The newest 2,000,000 points count at most.</summary>
    /// <returns>The aggregate, NaN where it is undefined, with what every window tells; null where the store could not be read.</returns>
    public async Task<(double Value, WindowSummary Summary)?> ReadAggregateAsync(int series, TimeRange range, AggregateSpec aggregate, CancellationToken cancellationToken)
    {
        if (range.IsEmpty) return (double.NaN, WindowSummary.Empty);
        var length = TimeSpan.FromTicks(Math.Min(range.To - range.From, WindowSpec.MaxDuration.Ticks));
        var window = SlidingWindow.Create(WindowSpec.Last(length), new WindowOptions { AllowedLateness = TimeSpan.Zero, Needs = [aggregate], MaxPoints = _options.MaxRebuildPoints });
        var isRead = await _history.ScanAsync(new PointQuery { Series = [series], Range = range }, block =>
        {
            window.AddRange(block.Times.Span, block.Values.Span);
            return true;
        }, cancellationToken).ConfigureAwait(false);
        if (!isRead) return null;
        window.AdvanceTo(range.To - 1);
        return (window.Evaluate(aggregate), window.Summarize());
    }

    /// <summary>Hears of every step that took in points, until disposed.</summary>
    public IDisposable ListenToPoints(ChangeSignal signal) => new Listening(_anyPoint, signal);

    /// <summary>Hears of series that send their first point, until disposed.</summary>
    public IDisposable ListenToNewSeries(ChangeSignal signal) => new Listening(_newSeries, signal);

    /// <summary>Runs the action on each shard's judge, on the shard's own loop; completes when all have. Without judges nothing happens.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled, or the engine has stopped.</exception>
    public Task WithJudgesAsync(Action<IPointJudge> action, CancellationToken cancellationToken) =>
        OnShardsAsync((shard, _) => shard.WithJudge(action), cancellationToken);

    /// <summary>
    /// Completes when every window that a judge holds has its past. A window whose past is being read is judged by no point.
    /// </summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled, or the engine has stopped.</exception>
    public async Task WhenJudgedReadyAsync(CancellationToken cancellationToken)
    {
        var waiting = new ConcurrentQueue<Task>();
        do
        {
            waiting.Clear();
            await OnShardsAsync((shard, _) => shard.Windows.CollectWaiting(waiting), cancellationToken).ConfigureAwait(false);
            foreach (var ready in waiting)
            {
                // One that was given back meanwhile needs nothing any more; one that has moved to another lateness waits anew.
                await ready.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        while (!waiting.IsEmpty);
    }

    /// <summary>
    /// Reads windows, charts and newest values of these series anew from the store, after points of them were deleted; completes when all have their past.
    /// </summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled, or the engine has stopped.</exception>
    public async Task RebuildAsync(IReadOnlyCollection<int> series, CancellationToken cancellationToken)
    {
        foreach (var one in series)
        {
            (long, double)? newest = _history.FindStats(one) is { } stats ? await _history.ReadLastAsync(stats, cancellationToken).ConfigureAwait(false) : null;
            var done = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!Shard(one).Post(now => done.TrySetResult(Shard(one).Rebuild(one, newest ?? (0, 0), now)))) throw new OperationCanceledException();
            await (await done.Task.WaitAsync(cancellationToken).ConfigureAwait(false)).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Completes when everything posted before it has been handled.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled, or the engine has stopped.</exception>
    public Task FlushAsync(CancellationToken cancellationToken) => OnShardsAsync(static (_, _) => { }, cancellationToken);

    internal EngineShard Shard(int series) => _shards[(uint)series % (uint)_shards.Length];

    internal int Local(int series) => (int)((uint)series / (uint)_shards.Length);

    private Task OnShardsAsync(Action<EngineShard, long> action, CancellationToken cancellationToken)
    {
        var all = _shards.Select(shard =>
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var posted = shard.Post(now =>
            {
                try
                {
                    action(shard, now);
                    done.TrySetResult();
                }
                catch (Exception e)
                {
                    done.TrySetException(e);
                }
            });
            if (!posted) done.TrySetCanceled(CancellationToken.None);
            return done.Task;
        });
        return Task.WhenAll(all.ToArray()).WaitAsync(cancellationToken);
    }

    private ulong ShardsOf(PointBatch batch)
    {
        var all = ulong.MaxValue >> (64 - _shards.Length);
        var wanted = 0UL;
        foreach (var series in batch.Series)
        {
            wanted |= 1UL << (int)((uint)series % (uint)_shards.Length);
            if (wanted == all) break;
        }

        return wanted;
    }
}
