using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LiveDash.Core.Windows;

/// <summary>
/// The recent points of one series in event-time order (equal times in order of arrival), in leaves of 64, shared by every window of the
/// series. Points in order cost O(1); one out of order within the lateness is put where it belongs at O(64) and makes the windows find
/// their start again; a later one is counted and changes nothing. It keeps what its windows need and no more. Single-threaded.
/// </summary>
internal sealed class PointLog(long lateness)
{
    /// <summary>
    /// Beyond this magnitude squares would overflow, so all sums are kept of values times 2^-540 (which is exact) while such a value is held.
    /// </summary>
    public const double Huge = 1e150;

    private const double HugeScale = 2.778448436856347e-163;
    private const long MaxTicks = 3_155_378_975_999_999_999;

    private readonly List<LogWindow> _windows = [];
    private LeafGroups? _groups;
    private Leaf[] _ring = new Leaf[4];
    private Leaf? _spare;
    private long _idleSince = long.MinValue;
    private bool _isIdleTrimmed;
    private long _advanced = long.MinValue;

    // What magnitude needs no care: none in an empty log, whose first point sets the pivot.
    private double _usual = -1;

    /// <summary>The sums of the open leaf about <see cref="OpenPivot"/>.</summary>
    public Moments OpenSums = Moments.Empty;

    public long Lateness { get; } = lateness;

    /// <summary>Changes whenever leaves were renumbered, split or summed up anew, so that windows have to find their place again.</summary>
    public int Epoch { get; private set; }

    /// <summary>Changes with <see cref="Epoch"/> and with every leaf that is full: while it stays, points were added to the open leaf and that is all.</summary>
    public int Version { get; private set; }

    /// <summary>The sums of 64 leaves at a time.</summary>
    public LeafGroups Groups => _groups ??= new(this);

    /// <summary>The number of the oldest leaf held; numbers only grow.</summary>
    public long FirstLeaf { get; private set; }

    /// <summary>The number of the leaf that is being filled.</summary>
    public long OpenLeaf { get; private set; }

    public Leaf Open { get; private set; } = new();

    public double OpenPivot { get; private set; }

    /// <summary>1, or 2^-540 while values beyond 1e150 are held.</summary>
    public double Scale { get; private set; } = 1;

    /// <summary>How many points were ever put in, in order or not.</summary>
    public long Taken { get; private set; }

    public long LateCount { get; private set; }

    /// <summary>The newest event time seen; <see cref="long.MinValue"/> before the first point.</summary>
    public long MaxEvent { get; private set; } = long.MinValue;

    /// <summary>The oldest event time known of the series; <see cref="long.MaxValue"/> before the first point.</summary>
    public long KnownSince { get; private set; } = long.MaxValue;

    /// <summary>
    /// From this tick on every point of the series is held, but for those that came too late; <see cref="long.MaxValue"/> where nothing is known of that.
    /// </summary>
    public long WholeSince { get; set; } = long.MaxValue;

    /// <summary>Where time stands: the newest event, or what <see cref="AdvanceTo"/> told since.</summary>
    public long Now => Math.Max(MaxEvent, _advanced);

    public bool IsEmpty => OpenLeaf == FirstLeaf && Open.Count == 0;

    public long Bytes => (OpenLeaf - FirstLeaf + 1) * ((Leaf.Capacity * 16) + 160);

    public int WindowCount => _windows.Count;

    /// <summary>The newest value; the log is not empty.</summary>
    public double LastValue => Open.Count > 0 ? Open.LastValue : this[OpenLeaf - 1].LastValue;

    /// <summary>The newest time held; the log is not empty.</summary>
    public long LastTime => Open.Count > 0 ? Open.LastTime : this[OpenLeaf - 1].LastTime;

    public Leaf this[long leaf] => _ring[(int)leaf & (_ring.Length - 1)];

    public void Attach(LogWindow window)
    {
        if (_windows.Count == 0 && IsEmpty) _ring[(int)OpenLeaf & (_ring.Length - 1)] = Open;
        _windows.Add(window);
    }

    public void Detach(LogWindow window)
    {
        _windows.Remove(window);
        // While time runs ahead of the points the next one may set it back: what is needed is known then.
        if (_windows.Count > 0 && _advanced == long.MinValue) Trim();
        if (_windows.Count > 0) return;
        // What arrives from now on is not put in: what is held is whole no longer.
        Forget();
        WholeSince = long.MaxValue;
    }

    public void TellKnownSince(long ticks) => KnownSince = Math.Min(KnownSince, ticks);

    public void Add(long ticks, double value)
    {
        // One comparison each lets pass what is neither infinite, NaN nor huge, nor the first, and neither out of order nor out of range.
        if (Math.Abs(value) <= _usual && ticks >= MaxEvent && (ulong)ticks <= MaxTicks)
        {
            MaxEvent = ticks;
            _advanced = long.MinValue;
            Append(ticks, value);
        }
        else
        {
            AddUnusual(ticks, value);
        }
    }

    /// <summary>Takes points in the order given. Those in order are summed by vectors, so the open leaf's sums may differ in the last bits.</summary>
    public void AddRange(ReadOnlySpan<long> ticks, ReadOnlySpan<double> values)
    {
        while (ticks.Length > 0)
        {
            var room = Math.Min(ticks.Length, Leaf.Capacity - Open.Count);
            var run = room < 4 || IsEmpty ? 0 : UsualRun(ticks[..room], values);
            if (run < 4)
            {
                Add(ticks[0], values[0]);
                run = 1;
            }
            else
            {
                AppendRun(ticks[..run], values[..run]);
            }

            ticks = ticks[run..];
            values = values[run..];
        }
    }

    public void AdvanceTo(long now)
    {
        if (now <= MaxEvent || now <= _advanced) return;
        if (_advanced == long.MinValue) (_idleSince, _isIdleTrimmed) = (now, false);
        _advanced = now;
        if (IsEmpty || _windows.Count == 0 || _isIdleTrimmed) return;
        var (span, keepsForEver) = (0L, false);
        foreach (var window in _windows)
        {
            if (window.KeepsAfterSilence is { } keeps) span = Math.Max(span, keeps);
            else keepsForEver = true;
        }

        if (now - _idleSince <= span + Lateness) return;
        _isIdleTrimmed = true;
        if (keepsForEver) Trim();
        else Clear();
    }

    /// <summary>Forgets every point and begins anew with the given ones: those of the same series, rising, of which some were there before.</summary>
    public void Restart(ReadOnlySpan<long> past, ReadOnlySpan<double> pastValues, List<(long Time, double Value)> kept, long wholeSince)
    {
        var (newest, told) = (MaxEvent, _advanced);
        Forget();
        (MaxEvent, WholeSince) = (long.MinValue, wholeSince);
        AddRange(past, pastValues);
        foreach (var (time, value) in kept) Add(time, value);
        (MaxEvent, _advanced) = (Math.Max(MaxEvent, newest), told);
        Epoch++;
        Version++;
    }

    /// <summary>Sums the open leaf up about its own mean, after an insertion or where its pivot has turned out to be far away.</summary>
    public void SumOpenAgain()
    {
        Version++;
        OpenSums = Moments.Empty;
        if (Open.Count == 0) return;
        OpenPivot = LeafMath.Pivot(Open.From(0), Scale);
        OpenSums = LeafMath.Sum(Open.From(0), OpenPivot, Scale);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddUnusual(long ticks, double value)
    {
        if (!double.IsFinite(value)) throw new ArgumentException($"A window takes finite values only, not {value}.", nameof(value));
        if ((ulong)ticks > MaxTicks) throw new ArgumentOutOfRangeException(nameof(ticks), ticks, "Not a time in UTC ticks.");
        if (ticks < MaxEvent && MaxEvent - ticks > Lateness)
        {
            LateCount++;
            return;
        }

        if (Math.Abs(value) > Huge && Scale == 1) Rescale(HugeScale);
        KnownSince = Math.Min(KnownSince, ticks);
        MaxEvent = Math.Max(MaxEvent, ticks);
        _advanced = long.MinValue;
        if (IsEmpty) StartAt(ticks, value * Scale);
        if (IsEmpty || ticks >= LastTime) Append(ticks, value);
        else Insert(ticks, value);
    }

    private static int UsualRun(ReadOnlySpan<long> ticks, ReadOnlySpan<double> values, long after)
    {
        var run = 0;
        while (run < ticks.Length && Math.Abs(values[run]) <= Huge && ticks[run] >= after && (ulong)ticks[run] <= MaxTicks) after = ticks[run++];
        return run;
    }

    private int UsualRun(ReadOnlySpan<long> ticks, ReadOnlySpan<double> values) => UsualRun(ticks, values, MaxEvent);

    private void AppendRun(ReadOnlySpan<long> ticks, ReadOnlySpan<double> values)
    {
        var n = Open.Count;
        ticks.CopyTo(Open.Times.AsSpan(n));
        values.CopyTo(Open.Values.AsSpan(n));
        Open.Count = n + ticks.Length;
        OpenSums.Merge(LeafMath.Sum(values, OpenPivot, Scale));
        MaxEvent = ticks[^1];
        _advanced = long.MinValue;
        Taken += ticks.Length;
        if (Open.Count == Leaf.Capacity) SealOpen();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Append(long ticks, double value)
    {
        var leaf = Open;
        var n = leaf.Count;
        // The open leaf always has room, so the bounds need no check.
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(leaf.Times), n) = ticks;
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(leaf.Values), n) = value;
        leaf.Count = ++n;
        OpenSums.Push((value * Scale) - OpenPivot, value);
        Taken++;
        if (n == Leaf.Capacity) SealOpen();
    }

    private void StartAt(long ticks, double scaled)
    {
        _usual = Huge;
        KnownSince = Math.Min(KnownSince, ticks);
        OpenPivot = scaled;
        OpenSums = Moments.Empty;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SealOpen()
    {
        var full = Open;
        full.Seal(OpenSums, OpenPivot, Scale);
        OpenLeaf++;
        Version++;
        PutLeaf(OpenLeaf, _spare ?? new Leaf());
        _spare = null;
        Open = this[OpenLeaf];
        OpenPivot = PivotMath.Of(full.Sums, Leaf.Capacity, full.Pivot, full.Pivot, Scale);
        OpenSums = Moments.Empty;
        _groups?.OnLeaf(OpenLeaf);
        Trim();
    }

    private void PutLeaf(long number, Leaf leaf)
    {
        if (number - FirstLeaf == _ring.Length)
        {
            var larger = new Leaf[_ring.Length * 2];
            for (var i = FirstLeaf; i < number; i++) larger[(int)i & (larger.Length - 1)] = this[i];
            _ring = larger;
        }

        _ring[(int)number & (_ring.Length - 1)] = leaf;
    }

    private void Trim()
    {
        var keep = OpenLeaf;
        foreach (var window in _windows) keep = Math.Min(keep, window.FirstLeafNeeded());
        var dropped = FirstLeaf < keep;
        while (FirstLeaf < keep)
        {
            var leaf = this[FirstLeaf];
            _ring[(int)FirstLeaf & (_ring.Length - 1)] = null!;
            FirstLeaf++;
            WholeSince = Math.Max(WholeSince, leaf.LastTime + 1);
            leaf.Count = 0;
            _spare = leaf;
        }

        if (dropped) ShrinkRing();
        if (Scale != 1 && dropped && !HoldsHuge()) Rescale(1);
    }

    // A ring is given back once it is eight times too large: after a long window was let go, not in the to and fro of one that fills.
    private void ShrinkRing()
    {
        var leaves = (int)(OpenLeaf - FirstLeaf) + 1;
        if (_ring.Length < 64 || leaves > _ring.Length / 8) return;
        var smaller = new Leaf[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)leaves * 2)];
        for (var i = FirstLeaf; i <= OpenLeaf; i++) smaller[(int)i & (smaller.Length - 1)] = this[i];
        _ring = smaller;
    }

    private bool HoldsHuge()
    {
        for (var i = FirstLeaf; i < OpenLeaf; i++)
        {
            if (this[i].Sums.Max > Huge || this[i].Sums.Min < -Huge) return true;
        }

        return OpenSums.Max > Huge || OpenSums.Min < -Huge;
    }

    private void Rescale(double scale)
    {
        Scale = scale;
        Epoch++;
        _groups?.Forget(0);
        for (var i = FirstLeaf; i < OpenLeaf; i++) this[i].Seal(scale);
        if (Open.Count == 0 && OpenLeaf > FirstLeaf) OpenPivot = this[OpenLeaf - 1].Pivot;
        SumOpenAgain();
    }

    private void Insert(long ticks, double value)
    {
        foreach (var window in _windows) window.BeforeInsert();
        var number = OpenLeaf;
        while (number > FirstLeaf && (this[number].Count == 0 || this[number].FirstTime > ticks)) number--;
        _groups?.Forget(number / LeafGroup.Leaves);
        var leaf = this[number];
        if (leaf.Count == Leaf.Capacity)
        {
            Split(number);
            if (this[number + 1].FirstTime <= ticks) number++;
            leaf = this[number];
        }

        var at = leaf.Count;
        while (at > 0 && leaf.Times[at - 1] > ticks) at--;
        Array.Copy(leaf.Times, at, leaf.Times, at + 1, leaf.Count - at);
        Array.Copy(leaf.Values, at, leaf.Values, at + 1, leaf.Count - at);
        leaf.Times[at] = ticks;
        leaf.Values[at] = value;
        leaf.Count++;
        Taken++;
        Epoch++;
        Version++;
        if (number < OpenLeaf) leaf.Seal(Scale);
        else SumOpenAgain();
        foreach (var window in _windows) window.AfterInsert(new LogPlace(number, at), value);
        if (Open.Count == Leaf.Capacity) SealOpen();
    }

    private void Split(long number)
    {
        OpenLeaf++;
        PutLeaf(OpenLeaf, _spare ?? new Leaf());
        var fresh = this[OpenLeaf];
        _spare = null;
        for (var i = OpenLeaf; i > number + 1; i--) PutLeaf(i, this[i - 1]);
        PutLeaf(number + 1, fresh);
        var full = this[number];
        const int half = Leaf.Capacity / 2;
        Array.Copy(full.Times, half, fresh.Times, 0, half);
        Array.Copy(full.Values, half, fresh.Values, 0, half);
        full.Count = fresh.Count = half;
        full.Seal(Scale);
        fresh.Seal(Scale);
        Open = this[OpenLeaf];
    }

    private void Clear()
    {
        if (!IsEmpty) WholeSince = Math.Max(WholeSince, LastTime + 1);
        Forget();
        foreach (var window in _windows) window.Shrink();
    }

    private void Forget()
    {
        FirstLeaf = OpenLeaf;
        Open.Count = 0;
        OpenSums = Moments.Empty;
        Scale = 1;
        _usual = -1;
        _groups = null;
        _spare = null;
        _ring = new Leaf[4];
        _ring[(int)OpenLeaf & 3] = Open;
        Epoch++;
        Version++;
    }
}
