using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Windows;

/// <summary>
/// A window over a <see cref="PointLog"/>: a place in the log where it starts (<see cref="WindowStart"/>) and the two stacks of sums over
/// what follows (<see cref="TwoStacks"/>). It is a function of the log's points and now alone, and catches up with the log when asked.
/// </summary>
internal sealed class LogWindow : SlidingWindow
{
    private const int MaxDecays = 8;

    private WindowStart _start;
    private TwoStacks _stacks;
    private TrendStacks _trends;
    private TrackedAggregates _tracked;
    private readonly Dictionary<double, DecayStacks> _decays = [];
    private WindowLane _lane = WindowLane.None;

    public LogWindow(PointLog log, WindowSpec spec, WindowOptions options)
        : base(spec, options) => Bind(log);

    public PointLog Log { get; private set; }

    public override int Count
    {
        get
        {
            _start.Follow();
            return _start.Count;
        }
    }

    public override long Now => Math.Max(Log.Now, 0);

    public override long LateCount => Log.LateCount;

    public override long TruncatedCount
    {
        get
        {
            _start.Follow();
            return _start.Truncated;
        }
    }

    public override bool IsFull
    {
        get
        {
            _start.Follow();
            return _start.IsFull;
        }
    }

    /// <summary>How long after the last point the log must hold points for this window, in ticks; null for ever.</summary>
    public long? KeepsAfterSilence => Spec.Kind == WindowKind.Count ? null : (Spec.Size + Spec.Hop).Ticks;

    /// <summary>Makes it a window over this log from now on.</summary>
    [MemberNotNull(nameof(Log), nameof(_start), nameof(_stacks), nameof(_trends), nameof(_tracked))]
    public void Bind(PointLog log)
    {
        Log?.Detach(this);
        Log = log;
        _start = new WindowStart(log, Spec, Options.MaxPoints);
        _stacks = new TwoStacks(log);
        _trends = new TrendStacks(log);
        _tracked = new TrackedAggregates(log, _start, Options.Needs);
        _decays.Clear();
        _lane = WindowLane.None;
        log.Attach(this);
    }

    public override void Add(long ticks, double value) => Log.Add(ticks, value);

    public override void AddRange(ReadOnlySpan<long> ticks, ReadOnlySpan<double> values)
    {
        if (ticks.Length != values.Length) throw new ArgumentException("There are not as many values as times.", nameof(values));
        Log.AddRange(ticks, values);
    }

    public override void AdvanceTo(long nowTicks) => Log.AdvanceTo(nowTicks);

    public override void TellKnownSince(long ticks) => Log.TellKnownSince(ticks);

    public override WindowSummary Summarize()
    {
        _start.Follow();
        if (_start.Count == 0) return WindowSummary.Empty;
        var head = _start.Head;
        var figures = _stacks.Figures(head, _start.Count);
        var trend = _trends.Figures(head, figures);
        var first = Log[head.Leaf];
        return new(
            figures.Count, figures.Sum, figures.Mean, figures.Std, figures.Min, figures.Max, first.Values[head.Offset], Log.LastValue,
            first.Times[head.Offset], Log.LastTime, trend.Rate, trend.Slope);
    }

    public override WindowBasics Basics()
    {
        if (_lane.TryPlace(Log, out var offset, out var count) && _stacks.TryBasics(offset, count, out var basics)) return basics;
        return BasicsAnyhow();
    }

    public override double Evaluate(AggregateSpec aggregate)
    {
        ArgumentNullException.ThrowIfNull(aggregate);
        switch (aggregate.Kind)
        {
            case AggregateKind.Mean: return Basics().Mean;
            case AggregateKind.Std: return Basics().Std;
            case AggregateKind.Min: return Basics().Min;
            case AggregateKind.Max: return Basics().Max;
        }

        _start.Follow();
        return EvaluateFollowed(aggregate);
    }

    public override bool TryEvaluateFull(AggregateSpec aggregate, bool allowPartial, out double value)
    {
        ArgumentNullException.ThrowIfNull(aggregate);
        // A count window that has a lane is full; whether one by time is hangs on the log alone.
        if (aggregate.Kind == AggregateKind.Mean && _lane.TryPlace(Log, out var offset, out var count)
            && (allowPartial || Spec.Kind == WindowKind.Count || _start.IsFull) && _stacks.TryMean(offset, count, out value))
        {
            return true;
        }

        _start.Follow();
        var isReady = allowPartial || _start.IsFull;
        value = isReady ? Evaluate(aggregate) : double.NaN;
        return isReady;
    }

    private double EvaluateFollowed(AggregateSpec aggregate)
    {
        if (_start.Count == 0) return aggregate.Kind is AggregateKind.Count or AggregateKind.Sum or AggregateKind.Distinct ? 0 : double.NaN;
        if (aggregate.Kind <= AggregateKind.RSquared || aggregate.Kind == AggregateKind.TimeWeightedMean) return Basic(aggregate.Kind);
        if (TrackedAggregates.Knows(aggregate.Kind)) return _tracked.Of(aggregate, Log.LastValue);
        if (_decays.TryGetValue(aggregate.Parameter, out var known)) return known.Mean(_start.Head);
        // A handful of half-lives at most are in use at once; whoever asks for ever new ones gets them without filling the memory.
        if (_decays.Count >= MaxDecays) _decays.Clear();
        var decay = new DecayStacks(Log, aggregate.Parameter);
        _decays.Add(aggregate.Parameter, decay);
        return decay.Mean(_start.Head);
    }

    public override void Histogram(ReadOnlySpan<double> edges, Span<long> counts)
    {
        if (edges.Length < 2 || counts.Length != edges.Length - 1) throw new ArgumentException("There is one count fewer than there are edges.", nameof(counts));
        for (var i = 1; i < edges.Length; i++)
        {
            if (!(edges[i] > edges[i - 1])) throw new ArgumentException("The edges must rise.", nameof(edges));
        }

        counts.Clear();
        _start.Follow();
        var at = _start.Head;
        for (var number = at.Leaf; _start.Count > 0 && number <= Log.OpenLeaf; number++)
        {
            var leaf = Log[number];
            for (var i = number == at.Leaf ? at.Offset : 0; i < leaf.Count; i++)
            {
                var bucket = edges.BinarySearch(leaf.Values[i]);
                if (bucket < 0) bucket = ~bucket - 1;
                if (bucket == counts.Length && leaf.Values[i] == edges[^1]) bucket--;
                if ((uint)bucket < (uint)counts.Length) counts[bucket]++;
            }
        }
    }

    public override int CopyTo(Span<long> ticks, Span<double> values)
    {
        _start.Follow();
        var room = Math.Min(Math.Min(ticks.Length, values.Length), _start.Count);
        var copied = 0;
        for (var (number, from) = (_start.Head.Leaf, _start.Head.Offset); copied < room; number++, from = 0)
        {
            var leaf = Log[number];
            var n = Math.Min(leaf.Count - from, room - copied);
            leaf.Times.AsSpan(from, n).CopyTo(ticks[copied..]);
            leaf.Values.AsSpan(from, n).CopyTo(values[copied..]);
            copied += n;
        }

        return copied;
    }

    /// <summary>The oldest leaf that must stay, asked by the log before it drops leaves.</summary>
    public long FirstLeafNeeded()
    {
        _start.Follow();
        _tracked.CatchUp();
        return _start.FirstLeafNeeded();
    }

    /// <summary>Called by the log before it puts a point in between.</summary>
    public void BeforeInsert()
    {
        _start.Follow();
        _tracked.BeforeInsert();
    }

    /// <summary>Called by the log after it put a point in between.</summary>
    public void AfterInsert(LogPlace place, double value)
    {
        _start.Follow();
        _tracked.AfterInsert(place, value);
    }

    /// <summary>Gives back what an idle window does not need.</summary>
    public void Shrink()
    {
        _stacks.Shrink();
        _trends.Shrink();
        _tracked.Shrink();
        _decays.Clear();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WindowBasics BasicsAnyhow()
    {
        _start.Follow();
        var count = _start.Count;
        _lane = WindowLane.None;
        if (count == 0) return WindowBasics.Empty;
        var figures = _stacks.Figures(_start.Head, count);
        if (_stacks.ReadyLeaf == _start.Head.Leaf) _lane = _start.Lane();
        return new(count, figures.Mean, figures.Std, figures.Min, figures.Max);
    }

    private double Basic(AggregateKind kind)
    {
        var head = _start.Head;
        var first = Log[head.Leaf].Values[head.Offset];
        switch (kind)
        {
            case AggregateKind.Count: return _start.Count;
            case AggregateKind.First: return first;
            case AggregateKind.Last: return Log.LastValue;
            case AggregateKind.Delta: return WindowFigures.Finite(Log.LastValue - first);
        }

        var figures = _stacks.Figures(head, _start.Count);
        return kind switch
        {
            AggregateKind.Sum => figures.Sum,
            AggregateKind.Variance => figures.Variance,
            AggregateKind.Range => WindowFigures.Finite(figures.Max - figures.Min),
            AggregateKind.Increase => _trends.Figures(head, figures).Increase,
            AggregateKind.Rate => _trends.Figures(head, figures).Rate,
            AggregateKind.TimeWeightedMean => _trends.Figures(head, figures).TimeWeightedMean(Log.LastValue, Now),
            AggregateKind.Slope => _trends.Figures(head, figures).Slope,
            _ => _trends.Figures(head, figures).RSquared,
        };
    }
}
