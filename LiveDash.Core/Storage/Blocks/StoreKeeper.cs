using LiveDash.Core.Diagnostics;
using LiveDash.Core.Model;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// Looks after an open store: seals when enough points wait, deletes what is too old or too much, has freed space given back to the disk, and
/// finds out whether a full disk has space again, or a database that was away takes writes. Its loops call <see cref="SealAsync"/> and <see cref="StepAsync"/>, which tests call themselves.
/// Thread-safe: one of them runs at a time.
/// </summary>
internal sealed class StoreKeeper : IAsyncDisposable
{
    // A head that never fills is sealed after this time, so that its log rows go and retention reaches its points.
    private static readonly TimeSpan MaxHeadAge = TimeSpan.FromHours(1);

    // Looking through all headers costs milliseconds where there are many.
    private static readonly TimeSpan RetentionPace = TimeSpan.FromSeconds(10);

    private readonly StoreParts _parts;
    private readonly StoreWriter _writer;
    private readonly StoreSealer _sealer;
    private readonly ILogger _logger;
    private readonly RetentionKeeper _retention;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SemaphoreSlim _enough = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sealing;
    private readonly Task _stepping;
    private readonly Lock _gate = new();
    private StoreSize _size;
    private DateTimeOffset _sealedAt;
    private DateTimeOffset _retainedAt;
    private bool _failing;

    // Where more is to be downsampled than one step may: from when ages are counted, and from which series on.
    private long? _rollFrom;
    private int _rollAt;

    public StoreKeeper(StoreParts parts, StoreWriter writer, BlockSource blocks, TimeProvider time, ILogger logger)
    {
        (_parts, _writer, _logger) = (parts, writer, logger);
        _sealer = new StoreSealer(parts, writer, blocks);
        _sealedAt = time.GetUtcNow();
        _retention = new RetentionKeeper(parts, writer, time, logger);
        _size = parts.Database.Measure();
        _sealing = Task.Run(() => parts.Loops.RunAsync("store sealing", SealWhenEnoughAsync, _stop.Token));
        _stepping = Task.Run(() => parts.Loops.RunAsync("store upkeep", (loop, stop) => StepEverySecondAsync(loop, time, stop), _stop.Token));
        CallIfEnough();
    }

    /// <summary>How large the database is, as of the last step.</summary>
    public StoreSize Size
    {
        get
        {
            lock (_gate) return _size;
        }
    }

    /// <summary>So many rows are read in one step to make summaries of before whoever seals has a turn; by default half a second's.</summary>
    public int MostRolled { get; set; } = 2_000_000;

    /// <summary>Tells that points were committed; cheap.</summary>
    public void NoteCommit()
    {
        _retention.NoteArrival();
        CallIfEnough();
    }

    /// <summary>Keeps blocks from being replaced or deleted until the answer is disposed.</summary>
    public async Task<IDisposable> HoldAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(_turn);
    }

    /// <summary>Seals what is in memory.</summary>
    public async Task SealAsync()
    {
        using var turn = await HoldAsync(CancellationToken.None).ConfigureAwait(false);
        await _sealer.SealAsync().ConfigureAwait(false);
    }

    /// <summary>Deletes the points of some series within a range.</summary>
    /// <returns>How many went, by series.</returns>
    public async Task<IReadOnlyDictionary<int, long>> EraseAsync(IReadOnlyList<int> series, TimeRange range, CancellationToken cancellationToken)
    {
        using var turn = await HoldAsync(cancellationToken).ConfigureAwait(false);
        // What is in memory only has no place on disk that could be taken away from; sealed it has.
        await _sealer.SealAsync().ConfigureAwait(false);
        var gone = new Dictionary<int, long>();
        foreach (var one in series)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await _sealer.EraseAsync(one, range).ConfigureAwait(false) is > 0 and var points) gone[one] = points;
        }

        return gone;
    }

    /// <summary>Changes stored points: seals, so that all are in blocks, and writes the blocks that hold them anew.</summary>
    public async Task ReplaceAsync(IReadOnlyList<PointChange> changes)
    {
        using var turn = await HoldAsync(CancellationToken.None).ConfigureAwait(false);
        await _sealer.SealAsync().ConfigureAwait(false);
        await _sealer.ReplaceAsync(changes).ConfigureAwait(false);
    }

    /// <summary>One round of upkeep at a moment.</summary>
    public async Task StepAsync(DateTimeOffset now)
    {
        using var turn = await HoldAsync(CancellationToken.None).ConfigureAwait(false);
        await TendAsync().ConfigureAwait(false);
        if (_parts.Health.State is StoreState.Unavailable or StoreState.ReadOnly) return;
        await RetainAsync(now).ConfigureAwait(false);
        if (now - _sealedAt >= MaxHeadAge)
        {
            await _sealer.SealAsync().ConfigureAwait(false);
            _sealedAt = now;
        }

        // Last: it needs space before it frees any, so on a full disk it fails, and what frees space must come before it.
        if (_rollFrom is { } ageFrom) await RollAsync(ageFrom).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_sealing, _stepping).ConfigureAwait(false);
        _stop.Dispose();
    }

    private void CallIfEnough()
    {
        if (_parts.Index.HeadCost >= _parts.Options.SealPoints && _enough.CurrentCount == 0) _enough.Release();
    }

    private async Task RetainAsync(DateTimeOffset now)
    {
        // Whichever way the clock goes.
        if ((now - _retainedAt).Duration() < RetentionPace) return;
        _retainedAt = now;
        if (await _retention.StepAsync(now).ConfigureAwait(false) is { } ageFrom)
        {
            await DeleteAsync(Retention.TooOld(_parts, ageFrom)).ConfigureAwait(false);
            if (!_parts.Tiers.IsEmpty) _rollFrom = ageFrom;
        }

        var size = _parts.Database.Measure();
        await DeleteAsync(Retention.TooMuch(_parts, size.Data)).ConfigureAwait(false);
        if (size.NeedsCompacting) await _writer.ChangeAsync(new ChangeWork(_parts.Database.Compact, null, ChangeKind.Frees), CancellationToken.None).ConfigureAwait(false);
    }

    // Each series has its turn, also where one fails or there is more to do than there is time for: the next round goes on where this one ended, at the next step where the allowance ran out.
    private async Task RollAsync(long ageFrom)
    {
        _rollFrom = null;
        var left = MostRolled;
        var begin = _rollAt;
        foreach (var snapshot in _parts.Index.SnapshotBlocks().OrderBy(one => one.Series < begin).ThenBy(static one => one.Series))
        {
            var tiers = _parts.Tiers.Of(snapshot.Series);
            var series = snapshot;
            while (RollChoice.Of(series, tiers, ageFrom) is { } choice)
            {
                if (left <= 0)
                {
                    (_rollFrom, _rollAt) = (ageFrom, series.Series);
                    return;
                }

                _rollAt = series.Series + 1;
                var read = await _sealer.RollAsync(choice).ConfigureAwait(false);
                // A damaged block is set apart meanwhile; the next round goes on without it.
                if (read == 0 || _parts.Index.Snapshot([series.Series], out _) is not [var next]) break;
                left -= read;
                series = next;
            }
        }
    }

    private async Task TendAsync()
    {
        try
        {
            var size = _parts.Database.Measure();
            lock (_gate) _size = size;
            if (_parts.Health.State is StoreState.Unavailable || (_parts.Health.State is StoreState.Full && _parts.Database.MayHaveRoom(size))) await ProbeAsync().ConfigureAwait(false);
            _parts.Database.Tend(_parts.Health.State, size);
        }
        catch (Exception e) when (_parts.Database.Judge(e) is { } fault)
        {
            throw _parts.Health.Failed(fault, e);
        }
    }

    private async Task ProbeAsync()
    {
        try
        {
            await _writer.ChangeAsync(new ChangeWork(_parts.Database.Probe, null, ChangeKind.Probes), CancellationToken.None).ConfigureAwait(false);
            _logger.LogInformation("The database takes writes again: points are kept");
        }
        catch (Exception e) when (e is StoreFullException or StoreUnavailableException)
        {
            // Not yet; the next step asks again.
        }
    }

    private async Task DeleteAsync(IReadOnlyDictionary<int, List<BlockHeader>> doomed)
    {
        if (doomed.Count == 0) return;
        await _writer.ChangeAsync(
            new ChangeWork(
                () => _parts.Database.DeleteBlocks([.. doomed.Values.SelectMany(static blocks => blocks)]),
                () =>
                {
                    foreach (var (series, blocks) in doomed) _parts.Index.Remove(series, blocks.Select(static b => b.Id).ToHashSet());
                },
                ChangeKind.Frees),
            CancellationToken.None).ConfigureAwait(false);
    }

    private async Task SealWhenEnoughAsync(BackgroundLoop loop, CancellationToken stop)
    {
        while (true)
        {
            await _enough.WaitAsync(stop).ConfigureAwait(false);
            try
            {
                loop.Turn();
                if (_parts.Index.HeadCost >= _parts.Options.SealPoints) await Try(SealAsync, "Sealing").ConfigureAwait(false);
            }
            finally
            {
                // Open even after a failure: then the health refuses what comes, instead of letting it wait.
                _writer.Room.Open();
            }
        }
    }

    private async Task StepEverySecondAsync(BackgroundLoop loop, TimeProvider time, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
        {
            loop.Turn();
            await Try(() => StepAsync(time.GetUtcNow()), "Upkeep").ConfigureAwait(false);
            CallIfEnough();
        }
    }

    // What the disk or the database does not let happen is told by the health; anything else is the supervisor's.
    private async Task Try(Func<Task> action, string what)
    {
        try
        {
            await action().ConfigureAwait(false);
            _failing = false;
        }
        catch (IOException e)
        {
            // Told once an episode; what failed is tried again at the next step.
            if (!_failing) _logger.LogWarning(e, "{What} of the store failed; it will be tried again", what);
            _failing = true;
        }
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        private SemaphoreSlim? _turn = turn;

        public void Dispose() => Interlocked.Exchange(ref _turn, null)?.Release();
    }
}
