using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion;

/// <summary>
/// One sender's stretch of input: a request body, or a connection. Decoders put points and faults into it; it cuts the points into batches, queues
/// them, and keeps the account. Not thread-safe: one reader owns it. Dispose it always: what was decoded is queued and counted even when the sender went away.
/// </summary>
public sealed class IngestSession : IAsyncDisposable
{
    /// <summary>How many faults the sender is told; all are counted.</summary>
    public const int MaxErrorsTold = 20;

    /// <summary>How many points go into one batch.</summary>
    public const int BatchPoints = 8192;

    /// <summary>What <see cref="MaxWaiting"/> is for files.</summary>
    public const int FileBatches = 8;

    private readonly IngestPipeline _pipeline;
    private readonly SourceLedger _source;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly List<IngestError> _errors = [];
    // Both bounded by MaxErrorsTold.
    private readonly List<KeptBefore> _keptBefore = [];
    private readonly List<string> _warnings = [];
    private readonly long[] _newRejects = new long[ReasonNames.RejectCount];
    private readonly long[] _rejects = new long[ReasonNames.RejectCount];
    // Bounded: settled batches are taken out from the front, and the queue bounds the rest.
    private readonly Queue<(Task<StoreResult> Stored, int Count)> _sent = new();
    private readonly Dictionary<string, string> _guesses = [];
    private PointBatch? _batch;
    private double _oldEpoch = double.NaN;
    private EpochUnit _oldUnit;
    private string _unitParameter = "timeUnit";
    private bool _hasNewEpochs;
    private long _queued;
    private long _kept;
    private long _notKept;
    private long _repeated;
    private long _replaced;
    private StoreOutcome _outcome;
    private int _uncounted;

    /// <summary>Opens a session.</summary>
    /// <param name="pipeline">Where the batches go.</param>
    /// <param name="source">Whose account it is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="patience">How long the second and later batches may wait for room; the first waits only where the patience is endless (<see cref="Timeout.InfiniteTimeSpan"/>).</param>
    public IngestSession(IngestPipeline pipeline, SourceLedger source, TimeProvider time, TimeSpan patience)
    {
        _pipeline = pipeline;
        _source = source;
        _time = time;
        _patience = patience;
    }

    /// <summary>True when <see cref="FlushAsync"/> must be called before the next point or fault.</summary>
    public bool IsFull => _batch is { Count: >= BatchPoints } || _uncounted >= BatchPoints;

    /// <summary>True when points wait to be sent.</summary>
    public bool HasPoints => _batch is not null;

    /// <summary>True when the next fault's words will be told, so it is worth making them.</summary>
    public bool WantsDetail => TellsAll || _errors.Count < MaxErrorsTold;

    /// <summary>True where the sender is told of every line as it comes, so that every fault needs its words.</summary>
    public bool TellsAll { get; set; }

    /// <summary>The newest fault, or null before the first.</summary>
    public IngestError? LastError { get; private set; }

    /// <summary>The clock, in UTC ticks.</summary>
    public long Now => _time.GetUtcNow().UtcTicks;

    /// <summary>See <see cref="PointBatch.OncePerValue"/>; set before the first point.</summary>
    public bool OncePerValue { get; set; }

    /// <summary>See <see cref="PointBatch.Replaces"/>; set before the first point.</summary>
    public bool Replaces { get; set; }

    /// <summary>
    /// How many batches may wait for the store before the next one waits, the first too; 0 for as many as the queue has room for. What is read from a file is kept
    /// back so, and its memory stays small.
    /// </summary>
    public int MaxWaiting { get; init; }

    /// <summary>How many lines were refused so far.</summary>
    public long Rejected { get; private set; }

    /// <summary>How many points were taken so far, whatever became of them.</summary>
    public long Taken => _queued + (_batch?.Count ?? 0);

    /// <summary>True when so many lines were refused, and fewer taken, that reading on is not worth it.</summary>
    public bool IsHopeless(long maxFaults) => Rejected >= maxFaults && Rejected > _queued + (_batch?.Count ?? 0);

    /// <summary>Which series the sender may send; null for all. Others are refused as <c>not_allowed</c>.</summary>
    public SeriesAllowance? Allowance { get; init; }

    /// <summary>How many lines were refused so far for one reason.</summary>
    public long RejectedFor(RejectReason reason) => _rejects[(int)reason];

    /// <summary>Adds a point.</summary>
    public void Add(int series, long ticks, double value, double x = double.NaN, double y = double.NaN, string? senderId = null, bool undated = false)
    {
        if (Allowance is { } allowance && !allowance.Allows(series))
        {
            Reject(0, RejectReason.NotAllowed, WantsDetail ? $"The key may not send the series {allowance.NameOf(series)}." : null);
            return;
        }

        _batch ??= NewBatch();
        _batch.Add(series, ticks, value, x, y, senderId, undated);
    }

    /// <summary>Adds a point of a series of states.</summary>
    /// <param name="series">The series.</param>
    /// <param name="ticks">Event time in UTC ticks.</param>
    /// <param name="state">The number of its text: see <see cref="StateWords"/>.</param>
    /// <param name="x">The location's x, or NaN for none.</param>
    /// <param name="y">The location's y, or NaN for none.</param>
    /// <param name="senderId">The sender's own id, or null.</param>
    /// <param name="undated">True where the sender gave an id and no time.</param>
    public void AddState(int series, long ticks, int state, double x = double.NaN, double y = double.NaN, string? senderId = null, bool undated = false)
    {
        Add(series, ticks, state, x, y, senderId, undated);
        _batch!.HasStates = true;
    }

    /// <summary>Tells the sender something of points that are taken; at most <see cref="MaxErrorsTold"/> such things.</summary>
    public void Warn(string warning)
    {
        if (_warnings.Count < MaxErrorsTold && !_warnings.Contains(warning)) _warnings.Add(warning);
    }

    /// <summary>Tells how the sender's bytes were understood, where that was found out and not said.</summary>
    public void Guess(string what, string how) => _guesses[what] = how;

    /// <summary>Takes note of a number that was read as an epoch time: where all of them lie before 2000, the sender is told which unit they look like.</summary>
    internal void NoteEpoch(double number, long ticks, EpochUnit unit, string parameter = "timeUnit")
    {
        if (_hasNewEpochs) return;
        if (EpochUnits.IsBefore2000(ticks)) (_oldEpoch, _oldUnit, _unitParameter) = (number, unit, parameter);
        else _hasNewEpochs = true;
    }

    /// <summary>
    /// Tells once a series that a whole number is beyond 2^53, of a thousand series at most: the sender in the answer, where the format has room for it, and everybody by the log
    /// and the source's notes.
    /// </summary>
    internal void NoteWide(int series, string name, double value)
    {
        if (!_source.FirstWide(series)) return;
        var warning = WideIntegers.Warning(name, value.ToString("F0", System.Globalization.CultureInfo.InvariantCulture));
        Warn(warning);
        _source.Note(warning);
        _pipeline.Note(_source, warning);
    }

    /// <summary>Counts a refused line.</summary>
    public void Reject(long line, RejectReason reason, string? detail)
    {
        Rejected++;
        _uncounted++;
        _rejects[(int)reason]++;
        _newRejects[(int)reason]++;
        LastError = new(line, reason, detail ?? ReasonNames.Of(reason));
        if (_errors.Count < MaxErrorsTold && reason != RejectReason.TextField) _errors.Add(new(line, reason, detail ?? ReasonNames.Of(reason)));
    }

    /// <summary>Queues what has been decoded.</summary>
    /// <exception cref="QueueFullException">There was no room, for the first batch at once, for later ones within the patience; the batch is counted as dropped.</exception>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        CountRejects();
        if (_batch is null) return;
        while (MaxWaiting > 0 && _sent.Count >= MaxWaiting) await WaitForOldestAsync(cancellationToken).ConfigureAwait(false);
        var batch = _batch;
        _batch = null;
        try
        {
            if (!TrySend(batch)) await SendWithPatienceAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _source.DropAtDoor(DropReason.QueueFull, batch.Count, Now, "The queue had no room.");
            batch.Release();
            throw;
        }
    }

    /// <summary>Sends the rest and waits for what <paramref name="ack"/> says.</summary>
    /// <exception cref="QueueFullException">See <see cref="FlushAsync"/>.</exception>
    public async Task<IngestReport> CompleteAsync(AckMode ack, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        if (ack == AckMode.Stored)
        {
            foreach (var (stored, _) in _sent) await stored.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return Report(ack);
    }

    /// <summary>What became of everything so far.</summary>
    public IngestReport Report(AckMode ack)
    {
        Collect();
        if (!_hasNewEpochs && EpochUnits.Guess(_oldEpoch) is { } unit && unit != _oldUnit)
        {
            var warning = $"All times lie before 2000 when read as {EpochUnits.Name(_oldUnit)}; they look like {EpochUnits.Name(unit)}: ?{_unitParameter}={unit.ToString().ToLowerInvariant()}.";
            Warn(warning);
            _source.Note(warning);
        }

        var accepted = ack == AckMode.Stored ? _kept : _queued - _notKept - _repeated;
        return new(
            accepted, Rejected, _repeated, _replaced, _notKept, _outcome, _errors, Rejected > 0 && _rejects[(int)RejectReason.SeriesLimit] == Rejected,
            _rejects.Where(static (_, reason) => ReasonNames.IsOfText((RejectReason)reason)).Sum(), [.. _keptBefore], [.. _warnings], new Dictionary<string, string>(_guesses));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        CountRejects();
        if (_batch is { } batch)
        {
            _batch = null;
            if (!TrySend(batch))
            {
                _source.DropAtDoor(DropReason.QueueFull, batch.Count, Now, "The queue had no room.");
                batch.Release();
            }
        }

        return ValueTask.CompletedTask;
    }

    private async ValueTask WaitForOldestAsync(CancellationToken cancellationToken)
    {
        await _sent.Peek().Stored.WaitAsync(cancellationToken).ConfigureAwait(false);
        Collect();
    }

    private PointBatch NewBatch()
    {
        var batch = PointBatch.Rent(64);
        (batch.OncePerValue, batch.Replaces) = (OncePerValue, Replaces);
        return batch;
    }

    private async ValueTask SendWithPatienceAsync(PointBatch batch, CancellationToken cancellationToken)
    {
        // An infinite patience waits until the sender is gone.
        if (_patience == TimeSpan.Zero || (_queued == 0 && _patience != Timeout.InfiniteTimeSpan)) throw Full();
        using var limit = new CancellationTokenSource(_patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        do
        {
            try
            {
                await _pipeline.WaitForRoomAsync(_source, batch.Count, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw Full();
            }
        }
        while (!TrySend(batch));
    }

    private bool TrySend(PointBatch batch)
    {
        var count = batch.Count;
        if (!_pipeline.TrySubmit(_source, batch, out var stored)) return false;
        _queued += count;
        _sent.Enqueue((stored, count));
        Collect();
        return true;
    }

    private void Collect()
    {
        while (_sent.TryPeek(out var sent) && sent.Stored.IsCompleted)
        {
            _sent.Dequeue();
            var result = sent.Stored.Result;
            _repeated += result.Repeated;
            _replaced += result.Replaced;
            if (result.Told is { } told) _keptBefore.AddRange(told.Take(MaxErrorsTold - _keptBefore.Count));
            if (result.Outcome == StoreOutcome.Kept)
            {
                _kept += sent.Count - result.Repeated;
                continue;
            }

            _kept += result.Replaced;
            _notKept += sent.Count - result.Repeated - result.Replaced;
            if (result.Outcome > _outcome) _outcome = result.Outcome;
        }
    }

    private void CountRejects()
    {
        _uncounted = 0;
        var detail = _errors.Count > 0 ? _errors[^1].Detail : null;
        for (var i = 0; i < _newRejects.Length; i++)
        {
            if (_newRejects[i] == 0) continue;
            _source.Reject((RejectReason)i, _newRejects[i], Now, detail);
            _newRejects[i] = 0;
        }
    }

    private static QueueFullException Full() =>
        new("The queue has no room for more points of this source; its size is LiveDash:Ingest:QueuePoints.");
}
