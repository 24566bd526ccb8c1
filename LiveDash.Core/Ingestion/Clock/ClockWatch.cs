using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion.Clock;

/// <summary>
/// Notices when the server's clock jumps, by comparing it with the monotonic one, and marks what was stamped meanwhile: a clock that was a day ahead for two
/// seconds leaves points that nobody sent for that day. Small corrections, as time servers make them, are no jump. Thread-safe.
/// </summary>
public sealed class ClockWatch(TimeProvider time, SeriesCatalog catalog) : IPointConsumer
{
    /// <summary>From how much on it is a jump.</summary>
    public static readonly TimeSpan Jump = TimeSpan.FromSeconds(2);

    /// <summary>After how long without coming back the clock counts as set for good.</summary>
    private static readonly TimeSpan Settles = TimeSpan.FromDays(1);

    private const int MaxJumps = 100;

    private readonly Lock _gate = new();
    private readonly List<ClockJump> _jumps = [];

    // By series' number, while a jump is open; as many as there are series.
    private readonly Dictionary<int, long> _marks = [];
    private long _wall = time.GetUtcNow().UtcTicks;
    private long _stamp = time.GetTimestamp();
    private long _openedAt;
    private long _offset;
    private long _version;

    /// <summary>The jumps that are remembered, the newest last: at most 100.</summary>
    public IReadOnlyList<ClockJump> Jumps
    {
        get
        {
            lock (_gate) return [.. _jumps.Select(jump => jump.IsOpen ? Marked_NeedsLock(jump) : jump)];
        }
    }

    /// <summary>Grows with each jump, each return and each dismissal.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Compares the clocks.</summary>
    /// <returns>True where a jump was noticed, or the return of one.</returns>
    public bool Step()
    {
        lock (_gate)
        {
            var (wall, stamp) = (time.GetUtcNow().UtcTicks, time.GetTimestamp());
            var drift = wall - _wall - time.GetElapsedTime(_stamp, stamp).Ticks;
            var before = _wall;
            (_wall, _stamp) = (wall, stamp);
            if (Math.Abs(drift) >= Jump.Ticks) Note_NeedsLock(before, drift);
            else if (_jumps is not [.., { IsOpen: true } open] || time.GetElapsedTime(_openedAt) < Settles) return false;
            else Close_NeedsLock(open with { IsSettled = true });
            Interlocked.Increment(ref _version);
            return true;
        }
    }

    /// <inheritdoc/>
    public ValueTask PostAsync(PointBatch batch, CancellationToken cancellationToken)
    {
        Step();
        lock (_gate)
        {
            if (_jumps is not [.., { IsOpen: true } open]) return ValueTask.CompletedTask;
            for (var i = 0; i < batch.Count; i++)
            {
                var ticks = batch.Times[i];
                if (ticks < open.From || ticks > _wall) continue;
                _marks[batch.Series[i]] = _marks.GetValueOrDefault(batch.Series[i]) + 1;
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>It need not be shown any more.</summary>
    /// <returns>False where there is none of that name.</returns>
    public bool Dismiss(string id)
    {
        lock (_gate)
        {
            var at = _jumps.FindIndex(jump => jump.Id == id);
            if (at < 0) return false;
            _jumps[at] = _jumps[at] with { IsDismissed = true };
        }

        Interlocked.Increment(ref _version);
        return true;
    }

    /// <summary>Takes over what was kept, at the start: a clock that had not come back then is taken as it is.</summary>
    internal void Load(IEnumerable<ClockJump> jumps)
    {
        lock (_gate) _jumps.InsertRange(0, jumps.OrderBy(static jump => jump.Id, StringComparer.Ordinal).Select(static jump => jump with { IsSettled = jump.To is null }).TakeLast(MaxJumps));
    }

    private void Note_NeedsLock(long before, long drift)
    {
        _offset += drift;
        if (_jumps is [.., { IsOpen: true } open])
        {
            var isBack = Math.Abs(_offset) < Jump.Ticks;
            Close_NeedsLock(isBack ? open with { To = before } : open with { IsSettled = true });
            if (isBack)
            {
                _offset = 0;
                return;
            }
        }

        _openedAt = _stamp;
        // It may have jumped right after the last look: what was stamped between then and now was stamped by the wrong clock, too.
        _jumps.Add(new ClockJump { Id = $"{before:D19}", At = before, By = drift, From = before + drift });
        if (_jumps.Count > MaxJumps) _jumps.RemoveAt(0);
    }

    private void Close_NeedsLock(ClockJump closed)
    {
        _jumps[^1] = Marked_NeedsLock(closed);
        _marks.Clear();
        if (closed.IsSettled) _offset = 0;
    }

    private ClockJump Marked_NeedsLock(ClockJump jump) => jump with
    {
        Points = _marks.Values.Sum(),
        Series = [.. _marks.OrderByDescending(static mark => mark.Value).Take(ClockJump.MaxSeries).Select(mark => new ClockMark(catalog[mark.Key].ToString(), mark.Value))],
    };
}
