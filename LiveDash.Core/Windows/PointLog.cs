namespace LiveDash.Core.Windows;

/// <summary>
/// The recent points of one series in event-time order (equal times in order of arrival), in leaves of 64, shared by every window of the
/// series. Points in order cost O(1); one out of order within the lateness is put where it belongs at O(64) and makes the windows find
/// their start again; a later one is counted and changes nothing. It keeps what its windows need and no more. Single-threaded.
/// </summary>
internal sealed class PointLog(long lateness)
{
    // Beyond this magnitude squares would overflow, so all sums are kept of values times 2^-540 (which is exact) while such a value is held.
    private const double Huge = 1e150;
    private const double HugeScale = 2.778448436856347e-163;

    private readonly List<LogWindow> _windows = [];
    private Leaf[] _ring = new Leaf[4];
    private Leaf? _spare;
    private double _lastScaled;
    private long _idleSince = long.MinValue;
    private long _advanced = long.MinValue;

    public long Lateness { get; } = lateness;

    /// <summary>Changes whenever leaves were renumbered, split or summed up anew, so that windows have to find their place again.</summary>
    public int Epoch { get; private set; }

    /// <summary>The number of the oldest leaf held; numbers only grow.</summary>
    public long FirstLeaf { get; private set; }

    /// <summary>The number of the leaf that is being filled.</summary>
    public long OpenLeaf { get; private set; }

    public Leaf Open { get; private set; } = new();

    /// <summary>The sums of the open leaf about <see cref="OpenPivotValue"/>, with the counter step that leads into it.</summary>
    public Moments OpenSums = Moments.Empty;

    public double OpenPivotValue { get; private set; }

    public long OpenPivotTime { get; private set; }

    /// <summary>1, or 2^-540 while values beyond 1e150 are held.</summary>
    public double Scale { get; private set; } = 1;

    /// <summary>How many points were ever put in, in order or not.</summary>
    public long Taken { get; private set; }

    public long LateCount { get; private set; }

    /// <summary>The newest event time seen; <see cref="long.MinValue"/> before the first point.</summary>
    public long MaxEvent { get; private set; } = long.MinValue;

    /// <summary>The oldest event time known of the series; <see cref="long.MaxValue"/> before the first point.</summary>
    public long KnownSince { get; private set; } = long.MaxValue;

    /// <summary>Where time stands: the newest event, or what <see cref="AdvanceTo"/> told since.</summary>
    public long Now => Math.Max(MaxEvent, _advanced);

    /// <summary>The newest value; the log is not empty.</summary>
    public double LastValue => Open.Count > 0 ? Open.Values[Open.Count - 1] : this[OpenLeaf - 1].Values[this[OpenLeaf - 1].Count - 1];

    public bool IsEmpty => OpenLeaf == FirstLeaf && Open.Count == 0;

    public int WindowCount => _windows.Count;

    public Leaf this[long leaf] => _ring[(int)leaf & (_ring.Length - 1)];

    public void Attach(LogWindow window)
    {
        if (_windows.Count == 0) _ring[0] = Open;
        _windows.Add(window);
    }

    public void Detach(LogWindow window) => _windows.Remove(window);

    public void TellKnownSince(long ticks) => KnownSince = Math.Min(KnownSince, ticks);

    public void Add(long ticks, double value)
    {
        if (!double.IsFinite(value)) throw new ArgumentException($"A window takes finite values only, not {value}.", nameof(value));
        if ((ulong)ticks > (ulong)DateTime.MaxValue.Ticks) throw new ArgumentOutOfRangeException(nameof(ticks), ticks, "Not a time in UTC ticks.");
        if (Math.Abs(value) > Huge && Scale == 1) Rescale(HugeScale);
        if (ticks >= MaxEvent)
        {
            MaxEvent = ticks;
            if (ticks < KnownSince) KnownSince = ticks;
            _advanced = long.MinValue;
            Append(ticks, value);
        }
        else
        {
            AddBehind(ticks, value);
        }
    }

    public void AdvanceTo(long now)
    {
        if (now <= MaxEvent || now <= _advanced) return;
        if (_advanced == long.MinValue) _idleSince = now;
        _advanced = now;
        if (IsEmpty || _windows.Count == 0) return;
        var span = 0L;
        foreach (var window in _windows) span = Math.Max(span, window.KeepsAfterSilence);
        if (span != long.MaxValue && now - _idleSince > span + Lateness) Clear();
    }

    private void AddBehind(long ticks, double value)
    {
        if (MaxEvent - ticks > Lateness)
        {
            LateCount++;
            return;
        }

        if (ticks < KnownSince) KnownSince = ticks;
        _advanced = long.MinValue;
        if (IsEmpty || ticks >= LastTime())
        {
            Append(ticks, value);
            return;
        }

        Insert(ticks, value);
    }

    private long LastTime() => Open.Count > 0 ? Open.LastTime : this[OpenLeaf - 1].LastTime;

    private void Append(long ticks, double value)
    {
        var leaf = Open;
        var n = leaf.Count;
        var scaled = value * Scale;
        if (n == 0 && OpenLeaf == FirstLeaf) StartAt(ticks, scaled);
        leaf.Times[n] = ticks;
        leaf.Values[n] = value;
        leaf.Count = n + 1;
        OpenSums.Push(scaled - OpenPivotValue, (ticks - OpenPivotTime) * LeafMath.SecondsPerTick);
        OpenSums.Increase += Moments.Step(_lastScaled, scaled);
        OpenSums.Min = Math.Min(OpenSums.Min, value);
        OpenSums.Max = Math.Max(OpenSums.Max, value);
        _lastScaled = scaled;
        Taken++;
        if (n + 1 == Leaf.Capacity) SealOpen();
    }

    private void StartAt(long ticks, double scaled)
    {
        OpenPivotValue = scaled;
        OpenPivotTime = ticks;
        OpenSums = Moments.Empty;
        _lastScaled = scaled;
    }

    private void SealOpen()
    {
        var full = Open;
        full.Seal(Scale);
        OpenLeaf++;
        PutLeaf(OpenLeaf, _spare ?? new Leaf());
        _spare = null;
        Open = this[OpenLeaf];
        OpenPivotValue = full.PivotValue;
        OpenPivotTime = full.LastTime;
        OpenSums = Moments.Empty;
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
        var hadHuge = false;
        while (FirstLeaf < keep)
        {
            var leaf = this[FirstLeaf];
            _ring[(int)FirstLeaf & (_ring.Length - 1)] = null!;
            FirstLeaf++;
            leaf.Count = 0;
            _spare = leaf;
            hadHuge = true;
        }

        if (Scale != 1 && hadHuge && !HoldsHuge()) Rescale(1);
    }

    private bool HoldsHuge()
    {
        for (var i = FirstLeaf; i < OpenLeaf; i++)
        {
            if (this[i].Sums.Max > Huge || this[i].Sums.Min < -Huge) return true;
        }

        return OpenSums.Max > Huge || OpenSums.Min < -Huge;
    }

    /// <summary>Sums the open leaf up about its own mean, after an insertion or where its pivot has turned out to be far away.</summary>
    public void SumOpenAgain()
    {
        if (Open.Count == 0)
        {
            OpenSums = Moments.Empty;
            return;
        }

        OpenPivotValue = LeafMath.ScaledMean(Open, 0, Open.Count, Scale);
        OpenPivotTime = Open.FirstTime;
        OpenSums = LeafMath.Sum(Open, 0, Open.Count, OpenPivotValue, OpenPivotTime, Scale);
        if (OpenLeaf > FirstLeaf) OpenSums.Increase += Moments.Step(LastScaled(this[OpenLeaf - 1]), Open.Values[0] * Scale);
    }

    public double LastScaled(Leaf leaf) => leaf.Values[leaf.Count - 1] * Scale;

    private void Rescale(double scale)
    {
        Scale = scale;
        Epoch++;
        for (var i = FirstLeaf; i < OpenLeaf; i++) this[i].Seal(scale);
        SumOpenAgain();
        if (Open.Count > 0) _lastScaled = LastScaled(Open);
        else if (OpenLeaf > FirstLeaf) _lastScaled = LastScaled(this[OpenLeaf - 1]);
    }

    private void Insert(long ticks, double value)
    {
        foreach (var window in _windows) window.BeforeInsert();
        var number = OpenLeaf;
        while (number > FirstLeaf && (this[number].Count == 0 || this[number].FirstTime > ticks)) number--;
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
        if (number < OpenLeaf) leaf.Seal(Scale);
        SumOpenAgain();
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
        for (var i = FirstLeaf; i <= OpenLeaf; i++) _ring[(int)i & (_ring.Length - 1)] = null!;
        FirstLeaf = OpenLeaf;
        Open.Count = 0;
        OpenSums = Moments.Empty;
        Scale = 1;
        _spare = null;
        _ring = new Leaf[4];
        _ring[(int)OpenLeaf & 3] = Open;
        Epoch++;
        foreach (var window in _windows) window.Shrink();
    }
}
