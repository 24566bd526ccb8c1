using System.Threading.Channels;
using LiveDash.Core.Diagnostics;
using LiveDash.Core.Model;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// The one thread that writes. It takes every batch that waits, makes one log row and one commit of them, and only then tells the senders:
/// while a commit syncs, the next group gathers. Other changes (documents, sealed blocks, deletions) come as transactions of their own, in order.
/// A thread of its own, because it blocks in the disk's sync and must not take one of the pool's few.
/// </summary>
internal sealed class StoreWriter : IDisposable
{
    // How many points one commit takes at most: bounds its memory and the wait of the batches behind it.
    private const int MaxGroupPoints = 131_072;

    // How many times the sealing threshold may wait in memory before senders wait for the sealing.
    private const int MaxHeads = 2;

    private readonly Channel<WriterWork> _queue = Channel.CreateBounded<WriterWork>(
        // Full: the sender waits, which is the pipeline's backpressure.
        new BoundedChannelOptions(256) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    // Nothing waits on its handle, so there is nothing to dispose of.
    private readonly SemaphoreSlim _door = new(1, 1);

    private readonly IBlockDatabase _database;
    private readonly StoreIndex _index;
    private readonly StoreHealth _health;
    private readonly SeriesCatalog _catalog;
    private readonly SenderGuard _guard;
    private readonly Action _committed;
    private readonly PointGroup _group = new();
    private readonly List<AppendWork> _waiting = [];
    private readonly BlobWriter _blob = new();
    private readonly LoopSupervisor _loops;
    private readonly CancellationTokenSource _ended = new();
    private readonly Thread _thread;
    private readonly int _sealPoints;
    private int _knownSeries;
    private long _queued;
    private long _appended;
    private long _commits;

    /// <summary>Starts the thread.</summary>
    /// <param name="store">The database, and what is kept up to date.</param>
    /// <param name="knownSeries">How many series the database holds already.</param>
    /// <param name="committed">Called on the thread after each commit of points.</param>
    public StoreWriter(StoreParts store, int knownSeries, Action committed)
    {
        (_database, _index, _health, _catalog, _guard) = (store.Database, store.Index, store.Health, store.Catalog, store.Guard);
        _loops = store.Loops;
        _sealPoints = Math.Max(store.Options.SealPoints, 16);
        _committed = committed;
        _knownSeries = knownSeries;
        _thread = new Thread(() => _loops.Run("store writer", (loop, _) => Run(loop), _ended.Token)) { IsBackground = true, Name = "store writer" };
        _thread.Start();
    }

    /// <summary>Closed while too many points wait to be sealed.</summary>
    public AsyncGate Room { get; } = new();

    /// <summary>How many points wait for a commit.</summary>
    public long Queued => Interlocked.Read(ref _queued);

    /// <summary>How many points were committed since the start.</summary>
    public long Appended => Interlocked.Read(ref _appended);

    /// <summary>How many commits of points that took.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>Queues a batch and completes once it is on disk.</summary>
    public async Task AppendAsync(PointBatch batch, CancellationToken cancellationToken)
    {
        if (_health.Refusal(ChangeKind.Adds) is { } refusal) throw refusal;
        var work = new AppendWork(batch);
        // One after the other, as they were asked for: of two that wait for room the later one could be the first to go on.
        await _door.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await Room.WaitAsync(cancellationToken).ConfigureAwait(false);
            await QueueAsync(work, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _door.Release();
        }

        await work.Done.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task QueueAsync(AppendWork work, CancellationToken cancellationToken)
    {
        work.Batch.Retain();
        Interlocked.Add(ref _queued, work.Batch.Count);
        try
        {
            await _queue.Writer.WriteAsync(work, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Interlocked.Add(ref _queued, -work.Batch.Count);
            work.Batch.Release();
            if (e is ChannelClosedException) throw new StoreUnavailableException("The store is closed.", e);
            throw;
        }
    }

    /// <summary>Queues a change and completes once it is on disk.</summary>
    public async Task ChangeAsync(ChangeWork work, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.Writer.WriteAsync(work, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException e)
        {
            throw new StoreUnavailableException("The store is closed.", e);
        }

        await work.Done.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does what is queued and ends the thread.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        // What waits is written even so: the body ends when the queue has run dry.
        _ended.Cancel();
        _thread.Join();
        _ended.Dispose();
    }

    private void Run(BackgroundLoop loop)
    {
        var reader = _queue.Reader;
        while (reader.WaitToReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult())
        {
            loop.Turn();
            try
            {
                Work(reader);
            }
            catch (Exception failure)
            {
                // Nobody may wait for ever for what a fault of ours has left undone.
                foreach (var work in _waiting) work.Complete(failure);
                _waiting.Clear();
                _group.Clear();
                _guard.EndGroup(kept: false);
                throw;
            }
        }
    }

    private void Work(ChannelReader<WriterWork> reader)
    {
        while (reader.TryRead(out var work))
        {
            if (work is AppendWork append)
            {
                Gather(append);
                while (_group.Count < MaxGroupPoints && reader.TryPeek(out work) && work is AppendWork next && reader.TryRead(out _)) Gather(next);
                CommitGroup();
            }
            else
            {
                Commit((ChangeWork)work);
            }
        }
    }

    private void Gather(AppendWork work)
    {
        _group.Add(work.Batch);
        _waiting.Add(work);
        Interlocked.Add(ref _queued, -work.Batch.Count);
        work.Batch.Release();
    }

    private void CommitGroup()
    {
        var failure = _health.Refusal(ChangeKind.Adds) ?? Attempt(WriteGroup);
        if (failure is null && _group.Count > 0)
        {
            // Before readers can see the points: see PointBatch.CommitId.
            foreach (var work in _waiting) work.Batch.CommitId = _index.LastId + 1;
            _index.Append(_group, _index.LastId + 1);
            Interlocked.Add(ref _appended, _group.Count);
            Interlocked.Increment(ref _commits);
        }

        _guard.EndGroup(kept: failure is null);
        foreach (var work in _waiting) work.Complete(failure);
        _waiting.Clear();
        _group.Clear();
        if (failure is not null) return;
        if (_index.HeadCost > MaxHeads * (long)_sealPoints) Room.Close();
        _committed();
        Attempt(() => _database.Settle(freed: false));
    }

    private void WriteGroup()
    {
        _guard.RemoveRepeats(_group);
        if (_group.Count == 0) return;
        var series = _catalog.Count;
        LogCodec.Encode(_group, _blob);
        var added = series == _knownSeries ? [] : Enumerable.Range(_knownSeries, series - _knownSeries).Select(i => _catalog[i]).ToArray();
        _database.WriteLog(_index.LastId + 1, _group.Count, _blob.Written, _knownSeries, added);
        _knownSeries = series;
    }

    private void Commit(ChangeWork work)
    {
        var full = _health.State == StoreState.Full;
        var failure = _health.Refusal(work.Kind) ?? Attempt(work.Change);
        if (failure is StoreFullException && (work.Kind is ChangeKind.Frees or ChangeKind.Owes) && _database.TryMakeRoom(work.Kind))
        {
            full = true;
            failure = Attempt(work.Change);
        }

        if (failure is null)
        {
            if (work.Kind == ChangeKind.Probes) _health.Recovered();
            work.Committed?.Invoke();
            Attempt(() => _database.Settle(freed: full && work.Kind == ChangeKind.Frees));
        }

        work.Complete(failure);
    }

    private Exception? Attempt(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception failure)
        {
            // A fault of ours must reach whoever waits, too, and leave the thread alive for the others.
            return _database.Judge(failure) is { } fault ? _health.Failed(fault, failure) : failure;
        }
    }
}
