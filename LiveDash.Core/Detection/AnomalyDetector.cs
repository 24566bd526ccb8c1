namespace LiveDash.Core.Detection;

/// <summary>
/// Finds the moments of one series that are worth waking up for, in one pass and without a look ahead: 4 KB of state and about a microsecond a
/// bar, whatever came before; nothing is allocated a point. Points closer than two and a half minutes are judged as bars of five, so that the price in
/// false alarms is the same for a point a second and a point every five minutes; a spike far outside all values is told at its point.
/// A counter is judged by its rate. A point that is late by no more than allowed lands where it belongs; the same points give the same scores, in batches of
/// any size. Not thread-safe.
/// </summary>
public sealed class AnomalyDetector
{
    /// <summary>A score from here on is an anomaly.</summary>
    public const double Anomalous = 1;

    private const long FiveMinutes = 5 * TimeSpan.TicksPerMinute;
    private const int IntervalPoints = 20;
    private const int GapBars = 24;
    private const double ScatterRate = 0.01;

    // Means of five minutes are smoother than single points, so a wandering series looks more like one that has left.
    private const double BarFactor = 1.1;

    private readonly LocalClock _clock;
    private readonly long _lateness;
    private readonly Sensitivity _sensitivity;
    private readonly AlarmGate[] _gates = [Gate(Sensitivity.Low), Gate(Sensitivity.Medium), Gate(Sensitivity.High)];
    private readonly OpenBars _open = new();
    private BarStrangeness _bars = new();
    private SpikeWatch _spikes;
    private CounterWatch _counter;
    private Evidence _told;
    private long _length;
    private long _newest;
    private long _closedTo = long.MinValue;
    private long _firstTicks;
    private long _lastTicks;
    private double _lastValue;
    private int _points;
    private double _above;
    private double _below;
    private double _spike;
    private double _spikeValue;
    private long _spikeBar;

    /// <summary>A detector that knows nothing yet.</summary>
    /// <param name="sensitivity">The sensitivity of <see cref="Score"/>.</param>
    /// <param name="clock">The clock whose hours and weekdays repeat in the series; UTC if null.</param>
    /// <param name="lateness">How late a point may come and still be judged where it belongs.</param>
    public AnomalyDetector(Sensitivity sensitivity = Sensitivity.Medium, LocalClock? clock = null, TimeSpan lateness = default)
    {
        _sensitivity = sensitivity;
        _clock = clock ?? LocalClock.Utc;
        _lateness = lateness.Ticks;
    }

    /// <summary>The unit that stands behind a value of the series in words, such as <c>ms</c>; empty for none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>How strange the newest moment is: 1 and more is an anomaly, 0 while learning. For bars, that of the last whole bar, or of a spike since.</summary>
    public double Score => ScoreAt(_sensitivity);

    /// <summary>The largest evidence behind <see cref="Score"/>.</summary>
    public Evidence Evidence => _spike > 0 && _gates[(int)_sensitivity].Peek(_spike) > _gates[(int)_sensitivity].Score ? SpikeEvidence : _told;

    /// <summary>True while nothing is judged yet.</summary>
    public bool IsLearning => _bars.Bars < BarStrangeness.WarmUp;

    /// <summary>How long it still learns at the pace of the points so far; zero once it judges, null before a pace is known.</summary>
    public TimeSpan? LearnsFor =>
        !IsLearning ? TimeSpan.Zero
            : BarTicks is { } ticks ? TimeSpan.FromTicks(ticks * (BarStrangeness.WarmUp - _bars.Bars)) : null;

    /// <summary>Points that came too late; they change nothing.</summary>
    public long Late { get; private set; }

    /// <summary>True while the series is taken for a counter, so that what is judged is its rate a second.</summary>
    public bool IsCounter => _counter.IsCounter;

    /// <summary>How long a bar is, or the mean interval of the points where each is a bar; zero before it is known.</summary>
    public TimeSpan Bar => TimeSpan.FromTicks(BarTicks ?? 0);

    /// <summary>Grows when anything but the points that wait has changed: a bar was judged or a spike came.</summary>
    public long Version { get; private set; }

    /// <summary>The last bar that was judged.</summary>
    public JudgedBar Last { get; private set; }

    /// <summary>Told each bar right after it was judged; null where nobody looks.</summary>
    public IJudgedBars? Listener { get; set; }

    // The length of a bar, or the mean interval of the points where each is a bar; null before it is known.
    private long? BarTicks => _length > 0 ? _length : _points < 2 ? null : Math.Max(1, (_lastTicks - _firstTicks) / (_points - 1));

    // Bars further apart than five minutes are fewer a month, so each may be judged more readily at the same price a month.
    private double Shape =>
        (_length > 0 ? BarFactor : 1) * Math.Max(0.2, 1 - (0.55 * Math.Log10(Math.Max(1, (double)(BarTicks ?? FiveMinutes) / FiveMinutes))));

    // A point is held back for late ones only where those could really come between it and the next.
    private long Hold => _length == 0 && _points > IntervalPoints && _lateness * 2 < BarTicks ? 0 : _lateness;

    /// <summary>How strange the last bar was, whatever the sensitivity and the alarms before it.</summary>
    internal double Strength { get; private set; }

    private Evidence SpikeEvidence => new(EvidenceKind.Novelty, BarStrangeness.MostWeight, _spikeValue, _spikes.Low, _spikes.High);

    /// <summary>How strange the newest moment is at a sensitivity.</summary>
    public double ScoreAt(Sensitivity sensitivity)
    {
        ref readonly var gate = ref _gates[(int)sensitivity];
        return _spike > 0 ? Math.Max(gate.Score, gate.Peek(_spike)) : gate.Score;
    }

    /// <summary>When the last anomaly was at a sensitivity, in UTC ticks; 0 for never.</summary>
    public long AlarmAt(Sensitivity sensitivity) => ScoreAt(sensitivity) >= Anomalous ? _newest : _gates[(int)sensitivity].AlarmAt;

    /// <summary>Takes the next point.</summary>
    /// <param name="ticks">Its time in UTC ticks; one that comes too late is counted as <see cref="Late"/> and changes nothing.</param>
    /// <param name="value">Its value; one that is not finite changes nothing.</param>
    /// <returns>The score now.</returns>
    public double Push(long ticks, double value)
    {
        if (!double.IsFinite(value)) return Score;
        if (ticks < _closedTo)
        {
            Late++;
            return Score;
        }

        _newest = Math.Max(_newest, ticks);
        _open.Add(ticks, value, _length);
        while (_open.Count > 0 && (_open.First.Began + _length + Hold <= _newest || _open.Count > OpenBars.Most)) Close(_open.Take());
        if (_length > 0 && !_counter.IsCounter) Spike(ticks, value);
        return Score;
    }

    private void Close(OpenBar bar)
    {
        _closedTo = bar.Began + _length;
        if (_length == 0)
        {
            if (_points == 0) _firstTicks = bar.Began;
            if (_points < int.MaxValue) _points++;
        }

        var isGap = _lastTicks > 0 && (_length > 0 || _points > IntervalPoints) && bar.LastTicks - _lastTicks > GapBars * BarTicks;
        if (_counter.Take(bar.Last)) Relearn();
        if (!_counter.IsCounter) Judge(bar, bar.Mean, isGap);
        // A fall is a restart: how much was counted before it nobody knows.
        else if (bar.LastTicks > _lastTicks && bar.Last >= _lastValue) Judge(bar, Rate(bar), isGap);
        (_lastTicks, _lastValue) = (bar.LastTicks, bar.Last);
        // The mean interval of the first points decides, once: a series does not change its bars later.
        if (_length > 0 || _points != IntervalPoints || (_lastTicks - _firstTicks) / (IntervalPoints - 1) >= FiveMinutes / 2) return;
        _length = FiveMinutes;
        _open.Join(_length);
    }

    // What was learnt of the other kind of figure says nothing of this one.
    private void Relearn()
    {
        _bars = new();
        _spikes = default;
        (_above, _below) = (0, 0);
    }

    private double Rate(in OpenBar bar) => (bar.Last - _lastValue) / ((bar.LastTicks - _lastTicks) / (double)TimeSpan.TicksPerSecond);

    private void Judge(in OpenBar bar, double value, bool isGap)
    {
        if (isGap) _bars.Resume(value, _length > 0);
        var hour = _clock.HourOfWeek(bar.Began);
        var number = _length > 0 ? bar.Began / _length : _points;
        var (low, high) = _bars.Expect(hour, number);
        var strength = _bars.Push(hour, number, value) / Shape;
        _told = strength > 0 ? _bars.Largest : default;
        if (_spikeBar <= bar.Began) _spike = 0;
        if (_length > 0 && !_counter.IsCounter)
        {
            var worst = _spikes.Of(bar.High) >= _spikes.Of(bar.Low) ? bar.High : bar.Low;
            var far = IsLearning ? 0 : _spikes.Of(worst);
            if (far >= Anomalous && far > strength)
            {
                strength = far;
                _told = new(EvidenceKind.Novelty, BarStrangeness.MostWeight, worst, _spikes.Low, _spikes.High);
            }

            (low, high) = (low - _below, high + _above);
            _spikes.Learn(bar.Low, bar.High, bar.Count);
            _above += ScatterRate * (Math.Min(bar.High - value, 4 * (_above > 0 ? _above : bar.High - value)) - _above);
            _below += ScatterRate * (Math.Min(value - bar.Low, 4 * (_below > 0 ? _below : value - bar.Low)) - _below);
        }

        for (var i = 0; i < _gates.Length; i++) _gates[i].Tell(strength, bar.Began);
        Version++;
        Strength = strength;
        Last = new(bar.Began, value, low, high, bar.Mean, _gates[(int)Sensitivity.Medium].Score);
        Listener?.Take(Last);
    }

    private static AlarmGate Gate(Sensitivity sensitivity) => new(AlarmGate.Factor(sensitivity));

    private void Spike(long ticks, double value)
    {
        var far = _spikes.Of(value);
        if (far < Anomalous || far <= _spike || IsLearning) return;
        (_spike, _spikeValue, _spikeBar) = (far, value, ticks - (ticks % _length));
        Version++;
    }
}
