using System.Runtime.CompilerServices;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Ingestion.Repeats;

/// <summary>
/// Finds what a sender repeats, exactly, before live views and rules see it: a point of the same series, time and sender's id as one that is kept; of the same
/// series and id where it came without a time; and, in a batch that says so, of the same series, time and value. It does not matter how long ago that was.
/// <para>A point newer than all of its series is no repeat, which is nearly every point: it costs a print. Others are looked up among the prints of what came
/// lately, and where they are found there, or are older than the prints reach back, in the store.</para>
/// Not thread-safe: the pipeline's loop owns it.
/// </summary>
internal sealed class RepeatFilter
{
    // How many repeats with another value are told for a batch.
    private const int MaxTold = 20;

    // How many points ahead the prints' places are fetched.
    private const int Block = 64;

    private readonly IPointStore _store;
    private readonly RecentPrints _prints;
    private readonly UndatedIds _undated;
    private readonly KeptLookup _lookup;
    // What live views saw and the store did not keep; bounded by its generations.
    private readonly UnkeptKeys _unkept = new();
    private readonly List<int> _candidates = [];
    private readonly HashSet<PointKey> _within = [];
    // By series. Up to _floor the prints do not reach back; nothing is newer than _newest.
    private long[] _newest = [];
    private long[] _newestBefore = [];
    private long[] _floor = [];
    private List<Task> _appending = [];
    private List<Task> _appendingBefore = [];
    private bool _started;

    /// <summary>Makes one.</summary>
    /// <param name="store">What is kept.</param>
    /// <param name="generation">How many points a generation of prints holds; a power of two.</param>
    public RepeatFilter(IPointStore store, int generation = 1 << 19)
    {
        _store = store;
        _prints = new RecentPrints(generation);
        _lookup = new KeptLookup(store);
        _undated = new UndatedIds(store);
    }

    /// <summary>Sorts out a batch, which stays the caller's.</summary>
    public async ValueTask<SortedOut> SortOutAsync(PointBatch batch)
    {
        if (!_started) Start();
        // Two prints of a point with an id.
        if (_prints.IsFull(batch.Count * 2)) await BeginGenerationAsync().ConfigureAwait(false);
        _prints.Reserve(batch.Count * 2);
        Pass(batch);
        if (_candidates.Count > 0) return await JudgeAsync(batch).ConfigureAwait(false);
        batch.Retain();
        batch.Retain();
        return new(batch, batch, 0, [], []);
    }

    /// <summary>Takes note that a batch is on its way to the store.</summary>
    public void Appending(Task append)
    {
        _appending.RemoveAll(static task => task.IsCompleted);
        _appending.Add(append);
    }

    /// <summary>Takes note of points that live views saw and the store did not keep.</summary>
    public void NotKept(PointBatch batch)
    {
        lock (_unkept)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                if (KeyOf(batch, i) is { } key) _unkept.Add(key);
            }
        }
    }

    /// <summary>What tells whether a point was sent before; null where nothing does.</summary>
    internal static PointKey? KeyOf(PointBatch batch, int index)
    {
        if (batch.SenderIds is { Length: > 0 } senders && senders[index] is { } sender)
        {
            return PointKey.OfSender(batch.Series[index], batch.IsUndated(index) ? 0 : batch.Times[index], SenderHash.Of(sender));
        }

        return batch.OncePerValue ? PointKey.OfValue(batch.Series[index], batch.Times[index], batch.Values[index]) : null;
    }

    private void Start()
    {
        foreach (var stats in _store.GetStats())
        {
            Grow(stats.Series);
            _newest[stats.Series] = _floor[stats.Series] = stats.Last;
        }

        _started = true;
    }

    // The prints of the older generation go: what they were of must be found in the store from now on.
    private async ValueTask BeginGenerationAsync()
    {
        foreach (var append in _appendingBefore) await append.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        for (var i = 0; i < _newestBefore.Length; i++) _floor[i] = Math.Max(_floor[i], _newestBefore[i]);
        _newestBefore = [.. _newest];
        _appendingBefore = [.. _appending];
        _prints.BeginGeneration();
    }

    // Notes every point, and collects those that may be repeats.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pass(PointBatch batch)
    {
        _candidates.Clear();
        Span<ulong> prints = stackalloc ulong[Block];
        for (var from = 0; from < batch.Count; from += Block)
        {
            var count = Math.Min(Block, batch.Count - from);
            for (var i = 0; i < count; i++)
            {
                prints[i] = PointKey.OfValue(batch.Series[from + i], batch.Times[from + i], batch.Values[from + i]).Mixed();
                _prints.Prefetch(prints[i]);
            }

            PassBlock(batch, from, prints[..count]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PassBlock(PointBatch batch, int from, ReadOnlySpan<ulong> prints)
    {
        var series = batch.Series;
        var times = batch.Times;
        var senders = batch.SenderIds;
        var byValue = batch.OncePerValue;
        for (var i = from; i < from + prints.Length; i++)
        {
            var (one, ticks) = (series[i], times[i]);
            if (one >= _newest.Length) Grow(one);
            var sender = senders.Length > 0 && senders[i] is { } id ? SenderHash.Of(id) : 0;
            var print = prints[i - from];
            var sent = sender == 0 ? 0 : PointKey.OfSender(one, ticks, sender).Mixed();
            var undated = sender != 0 && batch.IsUndated(i);
            if (ticks > _newest[one])
            {
                _newest[one] = ticks;
                if (undated) _candidates.Add(i);
            }
            else if (undated || ((sender != 0 || byValue) && (ticks <= _floor[one] || _prints.MayHold(sender == 0 ? print : sent))))
            {
                _candidates.Add(i);
            }

            if (sender != 0)
            {
                _prints.Note(sent);
                if (!undated) _undated.Note(one, sender);
            }

            _prints.Note(print);
        }
    }

    private async ValueTask<SortedOut> JudgeAsync(PointBatch batch)
    {
        var (repeated, seen) = (new bool[batch.Count], new bool[batch.Count]);
        FindWithin(batch, repeated);
        _candidates.RemoveAll(i => repeated[i]);
        // Prints were noted of this batch's own points too, so what waits for its commit is not told apart from them: all of it is waited for.
        if (_candidates.Count > 0) await CommittedAsync().ConfigureAwait(false);
        await _undated.MarkAsync(batch, _candidates, repeated, IsUnkept).ConfigureAwait(false);
        var changes = await _lookup.MarkAsync(batch, _candidates, repeated).ConfigureAwait(false);
        int[] replaced = [];
        if (batch.Replaces && changes.Count > 0)
        {
            await _store.ReplaceAsync([.. changes.Select(static one => one.Change)], CancellationToken.None).ConfigureAwait(false);
            replaced = [.. changes.Select(static one => one.Change.Series)];
        }

        KeptBefore[] told = [.. changes.Take(MaxTold).Select(one => new KeptBefore(batch.SenderIds[one.Index] ?? "", one.Kept, one.Change.Value))];
        Array.Copy(repeated, seen, seen.Length);
        MarkUnkept(batch, seen);
        return Part(batch, repeated, seen, replaced, told);
    }

    private void FindWithin(PointBatch batch, bool[] repeated)
    {
        _within.Clear();
        for (var i = 0; i < batch.Count; i++)
        {
            if (KeyOf(batch, i) is { } key && !_within.Add(key)) repeated[i] = true;
        }
    }

    private async ValueTask CommittedAsync()
    {
        foreach (var append in _appending) await append.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _appending.Clear();
    }

    private bool IsUnkept(PointKey key)
    {
        lock (_unkept) return _unkept.Contains(key);
    }

    private void MarkUnkept(PointBatch batch, bool[] seen)
    {
        lock (_unkept)
        {
            if (_unkept.IsEmpty) return;
            foreach (var i in _candidates)
            {
                if (!seen[i] && KeyOf(batch, i) is { } key && _unkept.Remove(key)) seen[i] = true;
            }
        }
    }

    private static SortedOut Part(PointBatch batch, bool[] repeated, bool[] seen, int[] replaced, KeptBefore[] told)
    {
        var count = repeated.Count(static one => one);
        PointBatch? store;
        if (count == batch.Count) return new(null, null, count - replaced.Length, replaced, told);
        if (count == 0)
        {
            store = batch;
            batch.Retain();
        }
        else
        {
            store = batch.Except(repeated);
        }

        var left = seen.Where((_, i) => !repeated[i]).ToArray();
        var unseen = left.Count(static one => !one);
        if (unseen == 0) return new(null, store, count - replaced.Length, replaced, told);
        if (unseen < left.Length) return new(store.Except(left), store, count - replaced.Length, replaced, told);
        store.Retain();
        return new(store, store, count - replaced.Length, replaced, told);
    }

    private void Grow(int series)
    {
        if (series < _newest.Length) return;
        var (old, size) = (_newest.Length, Math.Max(series + 1, Math.Max(64, _newest.Length * 2)));
        Array.Resize(ref _newest, size);
        Array.Resize(ref _floor, size);
        _newest.AsSpan(old).Fill(long.MinValue);
        _floor.AsSpan(old).Fill(long.MinValue);
    }
}
