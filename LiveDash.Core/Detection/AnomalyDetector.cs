namespace LiveDash.Core.Detection;

/// <summary>
/// Finds the moments of one series that are worth waking up for, in one pass and without a look ahead: 4 KB of state and about a microsecond a
/// point, whatever came before; nothing is allocated a point. Points closer than two and a half minutes are judged as bars of five, so that the price in
/// false alarms is the same for a point a second and a point every five minutes; a spike far outside all values is told at its point.
/// The same points in the same order give the same scores in batches of any size. Not thread-safe.
/// </summary>
public sealed class AnomalyDetector
{
    /// <summary>A score from here on is an anomaly.</summary>
    public const double Anomalous = 1;

    private const long FiveMinutes = 5 * TimeSpan.TicksPerMinute;
    private const int IntervalPoints = 20;

    // An alarm makes the next one dearer, and that fades.
    private const double BudgetStep = 0.33;
    private const double BudgetMemory = 5_000;
    private const int RefractoryBars = 60;
    private const int GapBars = 24;

    // Means of five minutes are smoother than single points, so a wandering series looks more like one that has left.
    private const double BarFactor = 1.1;

    private readonly BarStrangeness _bars = new();
    private readonly TimeZoneInfo _zone;
    private readonly double _factor;
    private readonly SpikeWatch _spikes = new();
    private BarBuilder _bar;
    private double _budget;
    private int _sinceAlarm = int.MaxValue;
    private bool _isAlarm;
    private long _firstTicks;
    private long _lastTicks;
    private int _points;

    /// <summary>A detector that knows nothing yet.</summary>
    /// <param name="sensitivity">How readily it calls a moment strange.</param>
    /// <param name="zone">The clock whose hours and weekdays repeat in the series; UTC if null.</param>
    public AnomalyDetector(Sensitivity sensitivity = Sensitivity.Medium, TimeZoneInfo? zone = null)
    {
        _zone = zone ?? TimeZoneInfo.Utc;
        _factor = sensitivity switch { Sensitivity.Low => 1.3, Sensitivity.High => 0.72, _ => 0.92 };
    }

    /// <summary>How strange the newest moment is: 1 and more is an anomaly, 0 while learning. For bars, that of the last whole bar.</summary>
    public double Score { get; private set; }

    /// <summary>The largest evidence behind <see cref="Score"/>.</summary>
    public Evidence Evidence { get; private set; }

    /// <summary>True while nothing is judged yet.</summary>
    public bool IsLearning => _bars.Bars < BarStrangeness.WarmUp;

    /// <summary>How long it still learns at the pace of the points so far; zero once it judges, null before a pace is known.</summary>
    public TimeSpan? LearnsFor =>
        !IsLearning ? TimeSpan.Zero
            : BarTicks is { } ticks ? TimeSpan.FromTicks(ticks * (BarStrangeness.WarmUp - _bars.Bars)) : null;

    /// <summary>Points that came before one already judged; they change nothing.</summary>
    public long Late { get; private set; }

    /// <summary>How long a bar is, or the mean interval of the points where each is a bar; zero before it is known.</summary>
    public TimeSpan Bar => TimeSpan.FromTicks(BarTicks ?? 0);

    /// <summary>The length of a bar in ticks, or the mean interval of the points where each is a bar; null before it is known.</summary>
    private long? BarTicks => _bar.Length > 0 ? _bar.Length : _points < 2 ? null : Math.Max(1, (_lastTicks - _firstTicks) / (_points - 1));

    /// <summary>Takes the next point.</summary>
    /// <param name="ticks">Its time in UTC ticks; one before the last is counted as <see cref="Late"/> and changes nothing.</param>
    /// <param name="value">Its value; one that is not finite changes nothing.</param>
    /// <returns>The score now.</returns>
    public double Push(long ticks, double value)
    {
        if (!double.IsFinite(value)) return Score;
        if (_points > 0 && ticks < _lastTicks)
        {
            Late++;
            return Score;
        }

        if (_points == 0) _firstTicks = ticks;
        if (_points < int.MaxValue) _points++;
        // The mean interval of the first points decides, once: a series does not change its bars later.
        if (_points == IntervalPoints && (ticks - _firstTicks) / (IntervalPoints - 1) < FiveMinutes / 2) _bar.Begin(FiveMinutes);
        var gap = _points > 1 ? ticks - _lastTicks : 0;
        _lastTicks = ticks;
        if (_bar.Length == 0)
        {
            if (_points > IntervalPoints && gap > GapBars * BarTicks) _bars.Resume(value);
            Judge(ticks, value);
            return Score;
        }

        if (_bar.TryClose(ticks, out var began, out var mean)) Judge(began, mean);
        if (gap > GapBars * FiveMinutes) _bars.Resume(value);
        _bar.Add(ticks, value);
        Spike(value);
        return Score;
    }

    private void Judge(long ticks, double value)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(new DateTime(ticks, DateTimeKind.Utc), _zone);
        var strange = _bars.Push(local, value);
        _budget *= 1 - (1 / BudgetMemory);
        if (_sinceAlarm < int.MaxValue) _sinceAlarm++;
        Tell(strange / (Threshold * (1 + _budget)), _bars.Largest);
    }

    // Bars further apart than five minutes are fewer a month, so each may be judged more readily at the same price a month.
    private double Threshold =>
        _factor * (_bar.Length > 0 ? BarFactor : 1) * Math.Max(0.2, 1 - (0.55 * Math.Log10(Math.Max(1, (double)(BarTicks ?? FiveMinutes) / FiveMinutes))));

    private void Spike(double value)
    {
        var far = _spikes.Push(value, out var low, out var high);
        if (far > Score && far >= Anomalous && !IsLearning)
        {
            Tell(far / (_factor * (1 + _budget)), new(EvidenceKind.Novelty, BarStrangeness.MostWeight, value, low, high));
        }
    }

    private void Tell(double score, Evidence evidence)
    {
        if (score >= Anomalous && !_isAlarm)
        {
            if (_sinceAlarm <= RefractoryBars)
            {
                // Close after an alarm it is the same event still, or its end.
                score = Math.BitDecrement(Anomalous);
            }
            else
            {
                _isAlarm = true;
                _sinceAlarm = 0;
                _budget += BudgetStep;
            }
        }
        else if (score < Anomalous)
        {
            _isAlarm = false;
        }

        Score = score;
        Evidence = score > 0 ? evidence : default;
    }
}
