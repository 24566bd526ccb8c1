using LiveDash.Core.Detection;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Alerts.Judging;

/// <summary>
/// A condition with the windows it looks at. Three-valued: what is missing decides nothing, unless the other side of an <c>and</c> or
/// <c>or</c> decides alone. Used by one shard's loop alone.
/// </summary>
internal sealed class BoundCondition
{
    private readonly Condition _condition;
    private readonly BoundCondition? _left;
    private readonly BoundCondition? _right;
    private readonly Comparison? _comparison;
    private readonly SlidingWindow? _window;
    private readonly SeriesWatch? _watch;
    private readonly MeasureCell? _cell;
    private readonly StateWords? _words;
    private readonly SeriesDetector? _detector;
    private readonly SeriesForecast? _forecast;
    private readonly PeerGroup? _peers;
    private readonly ToldJudgement? _told;
    private readonly double _clear;
    private readonly bool _allowPartial;

    private BoundCondition(Condition condition, BoundCondition? left, BoundCondition? right)
    {
        _condition = condition;
        _left = left;
        _right = right;
    }

    private BoundCondition(SeriesCondition condition, SeriesWatch watch, SlidingWindow? window, StateWords? words, double clear, bool allowPartial)
    {
        _words = words;
        _condition = condition;
        _comparison = condition as Comparison;
        _watch = watch;
        _window = window;
        _clear = clear;
        _allowPartial = allowPartial;
        if (condition is Absent absent) watch.Silence!.Follow(absent.After.Ticks);
    }

    private BoundCondition(Forecasted condition, SeriesWatch watch, SeriesForecast forecast)
    {
        _condition = condition;
        _watch = watch;
        _forecast = forecast;
    }

    private BoundCondition(Outlier condition, SeriesWatch watch, SlidingWindow window, PeerGroup peers, bool allowPartial)
        : this(condition, watch, window, null, double.NaN, allowPartial) => _peers = peers;

    private BoundCondition(Anomaly condition, GroupVote vote)
    {
        _condition = condition;
        Vote = vote;
    }

    private BoundCondition(Anomaly condition, SeriesWatch watch, SeriesDetector detector)
    {
        _condition = condition;
        _watch = watch;
        _detector = detector;
    }

    private BoundCondition(QueryCondition condition, ToldJudgement told)
    {
        _condition = condition;
        _told = told;
    }

    private BoundCondition(SeriesCondition condition, MeasureCell cell)
    {
        _condition = condition;
        _cell = cell;
    }

    /// <summary>The newest point: what the state of a series is.</summary>
    public static WindowSpec Newest { get; } = WindowSpec.Last(1);

    /// <summary>Its value.</summary>
    public static AggregateSpec Last { get; } = AggregateSpec.Parse("last");

    /// <summary>The words of the states it is about; null where it is about numbers.</summary>
    public StateWords? Words => _words ?? (_condition is Negation ? _left!.Words : null);

    /// <summary>The series that are judged together; null where one is judged by itself.</summary>
    public GroupVote? Vote { get; }

    /// <summary>A condition on series that are judged together.</summary>
    public static BoundCondition Together(Anomaly condition, GroupVote vote) => new(condition, vote);

    /// <summary>A condition that compares a series of this shard with its peers.</summary>
    public static BoundCondition Peer(Outlier condition, SeriesWatch watch, IWindowSource windows, PeerGroup peers, bool allowPartial) =>
        new(condition, watch, windows.Acquire(watch.Series, condition.Window, []), peers, allowPartial);

    /// <summary>Two conditions joined, or one negated.</summary>
    public static BoundCondition Join(Condition condition, BoundCondition left, BoundCondition? right) => new(condition, left, right);

    /// <summary>A condition on a series of this shard.</summary>
    /// <param name="condition">What is asked of it.</param>
    /// <param name="watch">The series.</param>
    /// <param name="windows">Where its window is got.</param>
    /// <param name="words">The words of the series' states; looked at by what asks for a state.</param>
    /// <param name="clear">The threshold at which it is over; NaN for the condition's own.</param>
    /// <param name="allowPartial">True to judge a window before it is full.</param>
    public static BoundCondition Here(SeriesCondition condition, SeriesWatch watch, IWindowSource windows, StateWords words, double clear, bool allowPartial)
    {
        if (condition is Anomaly anomaly) return new(anomaly, watch, Detectors(windows).AcquireDetector(watch.Series));
        if (condition is Forecasted ahead) return new(ahead, watch, Detectors(windows).AcquireForecast(watch.Series, ahead.Horizon));
        var window = condition switch
        {
            Comparison comparison => windows.Acquire(watch.Series, comparison.Window, [comparison.Aggregate]),
            Outside outside => windows.Acquire(watch.Series, outside.Window, []),
            StateIs => windows.Acquire(watch.Series, Newest, [Last]),
            _ => null,
        };
        return new(condition, watch, window, condition is StateIs ? words : null, clear, allowPartial);
    }

    /// <summary>A condition on a series of another shard.</summary>
    public static BoundCondition There(SeriesCondition condition, MeasureCell cell) => new(condition, cell);

    /// <summary>A condition that is evaluated elsewhere, over all series together.</summary>
    public static BoundCondition Told(QueryCondition condition, ToldJudgement told) => new(condition, told);

    /// <summary>Gives windows and cells back.</summary>
    public void Release(IWindowSource windows, MeasureBoard board)
    {
        _left?.Release(windows, board);
        _right?.Release(windows, board);
        Vote?.Release(windows, board);
        _peers?.Leave(_watch!.Series);
        if (_detector is not null) Detectors(windows).ReleaseDetector(_watch!.Series);
        if (_forecast is not null) Detectors(windows).ReleaseForecast(_watch!.Series, _forecast);
        if (_window is not null) windows.Release(_watch!.Series, _window.Spec);
        if (_cell is not null) board.GiveBack(_cell);
        if (_condition is Absent absent) _watch?.Silence!.Unfollow(absent.After.Ticks);
    }

    /// <summary>What it says now.</summary>
    /// <param name="now">The wall clock in UTC ticks.</param>
    public Judgement Evaluate(long now)
    {
        if (_comparison is not null) return Compare(_comparison);
        if (_cell is not null) return _cell.Read();
        switch (_condition)
        {
            case QueryCondition:
                return _told!.Read();
            case Outside outside:
                if (IsNotReady) return Judgement.Missing;
                var mean = _window!.Basics().Mean;
                return double.IsFinite(mean) ? Judgement.Of(mean < outside.Low || mean > outside.High, mean) : Judgement.Missing;
            case Anomaly when Vote is not null:
                return Vote.Evaluate(now);
            case Outlier outlier:
                var own = IsNotReady ? double.NaN : _window!.Basics().Mean;
                var distance = double.IsFinite(own) ? _peers!.Distance(_watch!.Series, own, now) : double.NaN;
                return double.IsNaN(distance) ? Judgement.Missing : Judgement.Of(distance > outlier.Distance, distance);
            case Anomaly anomaly:
                if (_detector!.Detector is not { IsLearning: false } detector) return Judgement.Missing;
                var score = detector.ScoreAt(anomaly.Sensitivity);
                return Judgement.Of(score >= AnomalyDetector.Anomalous, score);
            case Forecasted ahead:
                var figure = ahead.Figure(_forecast!, now);
                return double.IsNaN(figure) ? Judgement.Missing : Judgement.Of(ahead.Comparator.Holds(figure, ahead.Threshold), figure);
            case Absent absent:
                var quiet = _watch!.Quiet(now);
                return Judgement.Of(quiet > absent.After.Ticks, quiet / (double)TimeSpan.TicksPerSecond);
            case StateIs state:
                if (!_window!.TryEvaluateFull(Last, true, out var number) || _words!.TextOf(number) is not { } text) return Judgement.Missing;
                return Judgement.Of(text == state.Text != state.IsOther, number);
            case Negation:
                return Invert(_left!.Evaluate(now));
            case AllOf:
                return Both(_left!.Evaluate(now), _right!.Evaluate(now), AlertInput.Clear);
            default:
                return Both(_left!.Evaluate(now), _right!.Evaluate(now), AlertInput.Breach);
        }
    }

    /// <summary>What is strange, in words, where a detector judges; null where figures say enough.</summary>
    public string? Why()
    {
        if (Vote is not null) return Vote.Why();
        if (_peers is not null) return _peers.Say(_window!.Basics().Mean);
        if (_detector?.Detector is { } detector) return EvidenceWords.Say(detector) is { Length: > 0 } words ? words : null;
        return _left?.Why() ?? _right?.Why();
    }

    private static IDetectorSource Detectors(IWindowSource windows) =>
        windows as IDetectorSource ?? throw new InvalidOperationException("These windows have no detectors.");

    private bool IsNotReady => !_allowPartial && !_window!.IsFull;

    private Judgement Compare(Comparison comparison)
    {
        if (!_window!.TryEvaluateFull(comparison.Aggregate, _allowPartial, out var value) || !double.IsFinite(value)) return Judgement.Missing;
        if (comparison.Comparator.Holds(value, comparison.Threshold)) return new(AlertInput.Breach, value);
        var isBand = !double.IsNaN(_clear) && comparison.Comparator.Holds(value, _clear);
        return new(isBand ? AlertInput.Band : AlertInput.Clear, value);
    }

    private static Judgement Invert(Judgement inner) => inner.Input switch
    {
        AlertInput.Breach => inner with { Input = AlertInput.Clear },
        AlertInput.Clear => inner with { Input = AlertInput.Breach },
        _ => inner,
    };

    // For 'and' a clear side decides, for 'or' a breached one; of two that agree the left one's figure is told.
    private static Judgement Both(Judgement left, Judgement right, AlertInput decisive)
    {
        if (left.Input == decisive) return left;
        if (right.Input == decisive) return right;
        return left.Input == AlertInput.Missing ? left : right.Input == AlertInput.Missing ? right : left;
    }
}
