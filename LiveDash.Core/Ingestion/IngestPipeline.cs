using System.Threading.Channels;
using LiveDash.Core.Ingestion.Repeats;
using LiveDash.Core.Ingestion.States;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LiveDash.Core.Ingestion;

/// <summary>
/// The one way in. Batches wait in a queue bounded by <see cref="IngestOptions.QueuePoints"/>; one loop hands each to every
/// <see cref="IPointConsumer"/> (live views and rules) and then to the store, whose commit settles the source's account. Thread-safe.
/// <para>Fairness: a source may hold at most as much of the queue as is free (dynamic thresholds of Choudhury and Hahne, IEEE/ACM ToN 6(2), 1998):
/// one noisy source gets half, n of them 1/(n+1) each, and 1/(n+1) always stays free for the quiet ones.</para>
/// <para>A full disk: consumers still get every point, so live views and alerts go on; the sender is told 507 and the points count as
/// dropped{store_full}: alerting blind would be worse. A sender that repeats them later under the same ids, or as line protocol, is not seen twice by
/// live windows; another one is, until those have moved on.</para>
/// </summary>
public sealed partial class IngestPipeline
{
    private const long MinBatchCost = 64;
    private readonly IPointConsumer[] _consumers;
    private readonly IPointStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<IngestPipeline> _logger;
    private readonly StateKeeper? _states;
    private readonly long _capacity;
    // Unbounded by itself: TrySubmit lets in only what _cost has room for.
    private readonly Channel<IngestItem> _queue = Channel.CreateUnbounded<IngestItem>(new UnboundedChannelOptions { SingleReader = true });
    private readonly RepeatFilter _repeats;
    private readonly bool _oncePerValue;
    private readonly Lock _gate = new();
    private long _cost;
    private bool _closed;
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _idle;
    private long _consumerFailures;
    private bool _consumerFailing;
    private bool _storeFailing;

    /// <summary>Made by the container.</summary>
    public IngestPipeline(
        IEnumerable<IPointConsumer> consumers, IPointStore store, IOptions<IngestOptions> options, TimeProvider time, ILogger<IngestPipeline> logger,
        StateKeeper? states = null)
    {
        _states = states;
        _consumers = [.. consumers];
        _store = store;
        _time = time;
        _logger = logger;
        _capacity = options.Value.QueuePoints;
        _oncePerValue = options.Value.OncePerValue;
        _repeats = new RepeatFilter(store);
    }

    /// <summary>How many batches a consumer threw away by an exception.</summary>
    public long ConsumerFailures => Interlocked.Read(ref _consumerFailures);

    /// <summary>What waits now, in points (a batch counts as 64 at least), and what there is room for.</summary>
    public (long Waiting, long Capacity) Queue
    {
        get { lock (_gate) return (_cost, _capacity); }
    }

    /// <summary>Queues a batch. The pipeline takes over the caller's share of it, whatever happens; an empty batch is done at once.</summary>
    /// <param name="source">Whose account it goes on.</param>
    /// <param name="batch">The points.</param>
    /// <param name="ack">What to wait for.</param>
    /// <param name="cancellationToken">Ends the wait, not the work: a queued batch is kept and counted all the same.</param>
    /// <exception cref="QueueFullException">No room; the points count as dropped{queue_full}.</exception>
    /// <exception cref="StoreFullException">No space on the disk (AckMode.Stored only).</exception>
    /// <exception cref="StoreUnavailableException">The store is read-only or failed (AckMode.Stored only).</exception>
    public async ValueTask SubmitAsync(SourceLedger source, PointBatch batch, AckMode ack, CancellationToken cancellationToken)
    {
        if (!TrySubmit(source, batch, out var stored))
        {
            source.DropAtDoor(DropReason.QueueFull, batch.Count, _time.GetUtcNow().UtcTicks, "The queue had no room.");
            batch.Release();
            throw new QueueFullException("The queue has no room for more points of this source; its size is LiveDash:Ingest:QueuePoints.");
        }

        if (ack == AckMode.Stored) ThrowUnlessKept((await stored.WaitAsync(cancellationToken).ConfigureAwait(false)).Outcome);
    }

    /// <summary>
    /// Queues a batch if there is room, and takes over the caller's share of it only then. Where it says false nothing was counted: the caller waits with
    /// <see cref="WaitForRoomAsync"/>, or counts the loss with <see cref="SourceLedger.DropAtDoor"/>.
    /// </summary>
    /// <param name="source">Whose account it goes on.</param>
    /// <param name="batch">The points.</param>
    /// <param name="stored">Completes, never with an exception, when the store has committed or refused it.</param>
    /// <exception cref="ArgumentException">The batch is larger than half of the whole queue.</exception>
    public bool TrySubmit(SourceLedger source, PointBatch batch, out Task<StoreResult> stored)
    {
        var count = batch.Count;
        stored = Task.FromResult(new StoreResult(StoreOutcome.Kept));
        if (count == 0)
        {
            batch.Release();
            return true;
        }

        var cost = Math.Max(count, MinBatchCost);
        if (cost > _capacity / 2) throw new ArgumentException("A batch may be half of the queue at most.", nameof(batch));
        var now = _time.GetUtcNow().UtcTicks;
        lock (_gate)
        {
            if (_closed || !HasRoom_NeedsLock(source, cost)) return false;
            _cost += cost;
            source.QueuedCost += cost;
            if (batch.ReceivedAt == 0) batch.ReceivedAt = now;
            source.Queued(count, Newest(batch), now);
            source.Newest(batch.Series[^1], batch.Values[^1]);
            var item = new IngestItem(source, batch, count, cost);
            stored = item.Stored.Task;
            _queue.Writer.TryWrite(item);
        }

        return true;
    }

    /// <summary>Completes once a batch of that many points might fit; another may be faster, so try again and wait again.</summary>
    public async Task WaitForRoomAsync(SourceLedger source, int points, CancellationToken cancellationToken)
    {
        var cost = Math.Max(points, MinBatchCost);
        while (true)
        {
            Task room;
            lock (_gate)
            {
                if (_closed) throw new QueueFullException("The program is stopping.");
                if (HasRoom_NeedsLock(source, cost)) return;
                room = (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Logs what is to be known of points that were taken; the caller says each thing once.</summary>
    internal void Note(SourceLedger source, string note) => LogNote(source.Kind, source.Name, note);

    /// <summary>Takes no more; what is queued still goes its way.</summary>
    internal void Close()
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            _closed = true;
            _queue.Writer.TryComplete();
            (room, _room) = (_room, null);
        }

        room?.TrySetResult();
    }

    /// <summary>Told each time the loop goes round.</summary>
    internal Action Turning { get; set; } = static () => { };

    /// <summary>The loop: until <see cref="Close"/> was called, the queue is empty and everything in it is settled.</summary>
    internal async Task RunAsync()
    {
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            Turning();
            while (await StepAsync().ConfigureAwait(false))
            {
            }
        }

        await SettledAsync().ConfigureAwait(false);
    }

    /// <summary>Hands on one batch; false when none waits. Does not wait for the store's commit, so that commits can be grouped.</summary>
    internal async ValueTask<bool> StepAsync()
    {
        if (!_queue.Reader.TryRead(out var item)) return false;
        if (!_oncePerValue) item.Batch.OncePerValue = false;
        SortedOut sorted;
        try
        {
            // The words of states before the points that need them, in an earlier commit or the same.
            if (item.Batch.HasStates && _states is not null) await _states.KeepAsync().ConfigureAwait(false);
            sorted = await _repeats.SortOutAsync(item.Batch).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Nothing of it was kept: to judge without knowing what is there would count points twice, and a state without its word could not be read.
            Settle(item, new StoreResult(OutcomeOf(e)), e.Message);
            if (!Interlocked.Exchange(ref _storeFailing, true)) LogStoreFailed(e, item.Count);
            return true;
        }

        try
        {
            if (sorted.ForViews is { } fresh)
            {
                foreach (var consumer in _consumers) await PostAsync(consumer, fresh).ConfigureAwait(false);
                fresh.Release();
            }

            if (sorted.Replaced.Count > 0)
            {
                foreach (var consumer in _consumers) consumer.Replaced([.. sorted.Replaced.Distinct()]);
            }
        }
        finally
        {
            // Whatever becomes of the live views, what was taken in is kept and its account settled.
            _repeats.Appending(AppendAsync(item, sorted));
        }

        return true;
    }

    /// <summary>Completes once nothing waits any more.</summary>
    internal Task SettledAsync()
    {
        lock (_gate)
        {
            return _cost == 0
                ? Task.CompletedTask
                : (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Turns what became of a batch into the exception that says it.</summary>
    internal static void ThrowUnlessKept(StoreOutcome outcome)
    {
        switch (outcome)
        {
            case StoreOutcome.Full:
                throw new StoreFullException("The disk is full: the points were seen by live views and rules, but not kept.");
            case StoreOutcome.Unavailable:
            case StoreOutcome.Failed:
                throw new StoreUnavailableException("The store takes no points now: live views and rules saw them, but they were not kept.");
        }
    }

    private static long Newest(PointBatch batch)
    {
        var newest = long.MinValue;
        foreach (var time in batch.Times) newest = Math.Max(newest, time);
        return newest;
    }

    private bool HasRoom_NeedsLock(SourceLedger source, long cost) => source.QueuedCost + cost <= _capacity - _cost;

    private async ValueTask PostAsync(IPointConsumer consumer, PointBatch batch)
    {
        try
        {
            await consumer.PostAsync(batch, CancellationToken.None).ConfigureAwait(false);
            _consumerFailing = false;
        }
        catch (Exception e)
        {
            Interlocked.Increment(ref _consumerFailures);
            if (!_consumerFailing) LogConsumerFailed(e, consumer.GetType().Name);
            _consumerFailing = true;
        }
    }

    private async Task AppendAsync(IngestItem item, SortedOut sorted)
    {
        string? error = null;
        var outcome = StoreOutcome.Kept;
        if (sorted.ForStore is { } batch)
        {
            try
            {
                await _store.AppendAsync(batch, CancellationToken.None).ConfigureAwait(false);
                Volatile.Write(ref _storeFailing, false);
            }
            catch (Exception e)
            {
                outcome = OutcomeOf(e);
                error = e.Message;
                _repeats.NotKept(batch);
                if (!Interlocked.Exchange(ref _storeFailing, true)) LogStoreFailed(e, batch.Count);
            }

            batch.Release();
        }

        Settle(item, new StoreResult(outcome, sorted.Repeated, sorted.Replaced.Count, sorted.Told), error);
    }

    private static StoreOutcome OutcomeOf(Exception e) => e switch
    {
        StoreFullException => StoreOutcome.Full,
        StoreUnavailableException => StoreOutcome.Unavailable,
        _ => StoreOutcome.Failed,
    };

    private void Settle(IngestItem item, StoreResult result, string? error)
    {
        item.Source.Settle(item.Count, result, error);
        item.Batch.Release();
        TaskCompletionSource? room;
        TaskCompletionSource? idle = null;
        lock (_gate)
        {
            _cost -= item.Cost;
            item.Source.QueuedCost -= item.Cost;
            (room, _room) = (_room, null);
            if (_cost == 0) (idle, _idle) = (_idle, null);
        }

        item.Stored.TrySetResult(result);
        room?.TrySetResult();
        idle?.TrySetResult();
    }

    [LoggerMessage(2101, LogLevel.Error, "{Consumer} failed on a batch; the next failures in a row are counted, not logged.")]
    private partial void LogConsumerFailed(Exception exception, string consumer);

    [LoggerMessage(2103, LogLevel.Information, "{Kind} {Source}: {Note}")]
    private partial void LogNote(string kind, string source, string note);

    [LoggerMessage(2102, LogLevel.Error, "The store did not keep {Count} points; the next failures in a row are counted, not logged.")]
    private partial void LogStoreFailed(Exception exception, int count);
}
