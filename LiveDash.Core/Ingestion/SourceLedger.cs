namespace LiveDash.Core.Ingestion;

/// <summary>
/// One source's exact account. Every change moves whole points between its columns under one lock, so at any moment
/// <c>offered = accepted + repeated + waiting + rejected{reason} + dropped{reason}</c>. Thread-safe. Memory is fixed.
/// </summary>
public sealed class SourceLedger
{
    private const int RateSeconds = 10;
    private const int MaxWide = 1_000;
    private const int MaxNotes = 20;
    // Series that had a whole number beyond 2^53; bounded by MaxWide.
    private readonly HashSet<int> _wide = [];
    // Bounded by MaxNotes: the first ones stay.
    private readonly List<string> _notes = [];
    private readonly Lock _gate = new();
    private readonly long[] _rejected = new long[ReasonNames.RejectCount];
    private readonly long[] _dropped = new long[ReasonNames.DropCount];
    // One bucket a second; _rateSecond is the newest second that has one.
    private readonly long[] _rate = new long[RateSeconds + 1];
    private long _rateSecond;
    private long _offered;
    private long _accepted;
    private long _repeated;
    private long _replaced;
    private long _waiting;
    private long _lastSeen;
    private long? _lag;
    private string? _lastError;
    private (int Series, double Value)? _newest;

    internal SourceLedger(string kind, string name)
    {
        Kind = kind;
        Name = name;
    }

    /// <summary>The listener or reader this source came by.</summary>
    public string Kind { get; }

    /// <summary>Who sends.</summary>
    public string Name { get; }

    /// <summary>What of the queue this source holds; guarded by the pipeline's lock.</summary>
    internal long QueuedCost { get; set; }

    /// <summary>Counts lines refused for what they say.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="count">How many; at least 1.</param>
    /// <param name="nowTicks">The clock.</param>
    /// <param name="detail">In words, for the Sources page; may be null.</param>
    public void Reject(RejectReason reason, long count, long nowTicks, string? detail = null)
    {
        lock (_gate)
        {
            _offered += count;
            _rejected[(int)reason] += count;
            _lastError = detail ?? _lastError;
            Seen_NeedsLock(nowTicks);
        }
    }

    /// <summary>Counts good points that were lost before they were queued.</summary>
    public void DropAtDoor(DropReason reason, long count, long nowTicks, string? detail = null)
    {
        lock (_gate)
        {
            _offered += count;
            _dropped[(int)reason] += count;
            _lastError = detail ?? _lastError;
            Seen_NeedsLock(nowTicks);
        }
    }

    /// <summary>True at the first number beyond 2^53 of a series; of a thousand series at most.</summary>
    internal bool FirstWide(int series)
    {
        lock (_gate) return _wide.Count < MaxWide && _wide.Add(series);
    }

    /// <summary>Keeps something that is to be known of points that were taken.</summary>
    internal void Note(string note)
    {
        lock (_gate)
        {
            if (_notes.Count < MaxNotes && !_notes.Contains(note)) _notes.Add(note);
        }
    }

    /// <summary>Tells that the source is there and works, though it has no point to give.</summary>
    public void Touch(long nowTicks)
    {
        lock (_gate) Seen_NeedsLock(nowTicks);
    }

    /// <summary>Tells that the source itself failed, for the Sources page; null once it works again.</summary>
    public void Report(string? error)
    {
        lock (_gate) _lastError = error;
    }

    /// <summary>Counts points that were queued.</summary>
    internal void Queued(long count, long newestEvent, long nowTicks)
    {
        lock (_gate)
        {
            _offered += count;
            _waiting += count;
            _lag = Math.Max(0, nowTicks - newestEvent);
            Seen_NeedsLock(nowTicks);
            _rate[RollRate_NeedsLock(nowTicks) % _rate.Length] += count;
        }
    }

    /// <summary>Remembers the point that was queued last.</summary>
    internal void Newest(int series, double value)
    {
        lock (_gate) _newest = (series, value);
    }

    /// <summary>Moves queued points to where they ended.</summary>
    internal void Settle(long count, StoreResult result, string? error)
    {
        lock (_gate)
        {
            _waiting -= count;
            _repeated += result.Repeated;
            _replaced += result.Replaced;
            if (result.Outcome == StoreOutcome.Kept)
            {
                _accepted += count - result.Repeated;
                return;
            }

            _accepted += result.Replaced;
            _lastError = error ?? _lastError;
            _dropped[(int)ReasonOf(result.Outcome)] += count - result.Repeated - result.Replaced;
        }
    }

    /// <summary>The account now.</summary>
    public SourceSnapshot Snapshot(long nowTicks)
    {
        lock (_gate)
        {
            var second = RollRate_NeedsLock(nowTicks);
            // The running second is not over, so the rate is of the ten before it.
            var points = _rate.Sum() - _rate[second % _rate.Length];
            return new SourceSnapshot(
                Kind, Name, _offered, _accepted, _repeated, _replaced, _waiting,
                NonZero(_rejected, static i => ReasonNames.Of((RejectReason)i)),
                NonZero(_dropped, static i => ReasonNames.Of((DropReason)i)),
                points / (double)RateSeconds,
                _lag is { } lag ? TimeSpan.FromTicks(lag) : null,
                _lastSeen, _lastError) { Newest = _newest, Notes = [.. _notes] };
        }
    }

    private static DropReason ReasonOf(StoreOutcome outcome) => outcome switch
    {
        StoreOutcome.Full => DropReason.StoreFull,
        StoreOutcome.Unavailable => DropReason.StoreUnavailable,
        _ => DropReason.StoreFailed,
    };

    private static Dictionary<string, long> NonZero(long[] counts, Func<int, string> name)
    {
        var found = new Dictionary<string, long>();
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] != 0) found.Add(name(i), counts[i]);
        }

        return found;
    }

    private void Seen_NeedsLock(long nowTicks) => _lastSeen = Math.Max(_lastSeen, nowTicks);

    // A clock that steps back keeps counting into the newest second.
    private long RollRate_NeedsLock(long nowTicks)
    {
        var second = Math.Max(nowTicks / TimeSpan.TicksPerSecond, _rateSecond);
        var steps = Math.Min(second - _rateSecond, _rate.Length);
        for (var i = 0; i < steps; i++) _rate[(second - i) % _rate.Length] = 0;
        _rateSecond = second;
        return second;
    }
}
