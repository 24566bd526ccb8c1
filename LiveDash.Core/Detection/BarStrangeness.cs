namespace LiveDash.Core.Detection;

/// <summary>
/// How strange each bar of a series is beside all before it, in one pass: six evidences, each capped, are added (the idea of anomaly likelihood,
/// Lavin and Ahmad 2015, beside value novelty, peaks over threshold, and runs). Each is computed before the bar is learnt. Forgets by fading,
/// costs under 2 us and 4 KB whatever the length of the series, and is the same for the same bars. Not thread-safe.
/// </summary>
internal sealed class BarStrangeness
{
    /// <summary>So many bars are learnt before anything is strange.</summary>
    public const int WarmUp = 266;

    /// <summary>What one evidence can add at most.</summary>
    public const double MostWeight = 1.64;

    // What weighs 1 of each evidence. Chosen on the development half of the Numenta benchmark under the bound of one false alarm a month.
    private const double LevelUnit = 10;
    private const double NoveltyUnit = 0.087;
    private const double JumpUnit = 12;
    private const double RunUnit = 3;
    private const double QuietUnit = 7.5;
    private const double NoisyUnit = 6.75;

    // A value outside all others weighs no more than its own tail allows: so many decades of an exponential tail weigh 1 as novelty, and so many of a
    // power law weigh 1 of all evidences together, so that series in which extremes are usual do not call each one.
    private const double OutsideUnit = 7;
    private const double HeavyUnit = 3;

    // The hours tell more than the short average where they are off by no more than this part of what that is off by.
    private const double SeasonalPart = 0.4;
    private const double FadeRate = 0.002;
    private const double ShortRate = 0.03;
    private const double ShortErrorRate = 0.005;
    private const double NoiseRate = 0.06;
    private const double NoveltyMemory = 4_700;
    private const int SeasonBars = 2 * 288;

    // The band of what is expected: so many mean errors of the best of three guesses, on either side of all that are about as good.
    private const double BandErrors = 4.5;
    private const double AboutAsGood = 1.25;

    private readonly SeasonLevels _seasons = new();
    private PeriodWatch _period;
    private ValueBoxes _boxes;
    private LevelWatch _near;
    private LevelWatch _seasonal;
    private TailScale _jumpTail = new(0.03);
    private TailScale _quietTail = new(0.03);
    private TailScale _noisyTail = new(0.03);
    private TailScale _awayTail = new(0.01);
    private RatioTail _awayRatio;
    private bool _isOutside;
    private bool _isSeasonal;
    private int _seasonalBars;
    private bool _isAtWrongHour;
    private double _short;
    private double _center;
    private double _spread;
    private double _low;
    private double _high;
    private double _noise;
    private double _slowNoise;
    private double _usualNovelty;
    private double _shortError;
    private double _dayError;
    private double _weekError;
    private double _periodError;
    private double _last;
    private double _run;
    private double _longestRun = 4;

    /// <summary>How many bars were learnt.</summary>
    public int Bars { get; private set; }

    /// <summary>The largest evidence at the last bar.</summary>
    public Evidence Largest { get; private set; }

    /// <summary>The strangeness of a bar, 0 and up; 0 while learning. The bar is learnt.</summary>
    /// <param name="hour">Its hour of the week, by the series' own clock.</param>
    /// <param name="bar">Its number from any beginning: its place in what the series repeats by itself.</param>
    /// <param name="value">Its value, finite.</param>
    public double Push(int hour, long bar, double value)
    {
        if (Bars == 0) _last = _short = _center = _low = _high = value;
        var step = Math.Abs(value - _last);
        var distance = Math.Min(Math.Abs(value - _short), Math.Min(_seasons.Distance(hour, value), _period.Distance(bar, value)));
        var jump = Math.Min(distance, step);
        var noise = _noise + (NoiseRate * (step - _noise));
        var quiet = Bars < 20 || noise <= 0 ? 0 : Math.Max(0, Math.Log(_slowNoise / noise));
        var noisy = Bars < 20 || _slowNoise <= 0 ? 0 : Math.Max(0, Math.Log(noise / _slowNoise));
        var run = Bars > 0 && value == _last ? _run + 1 : 1;

        Largest = default;
        // The clearest reason first: of evidences that weigh the same, the first is told.
        var sum = Novelty(value, out var novelty) + Level(hour, bar, value, distance, novelty)
            + Weigh(EvidenceKind.Jump, _jumpTail.Of(jump) / JumpUnit, step, _noise, _noise)
            + Weigh(EvidenceKind.Unchanged, run >= 10 && run > _longestRun && run < Bars ? Math.Log2(run / _longestRun) / RunUnit : 0, run, _longestRun, _longestRun)
            + Weigh(EvidenceKind.Quiet, _quietTail.Of(quiet) / QuietUnit, noise, _slowNoise, _slowNoise)
            + Weigh(EvidenceKind.Noisy, _noisyTail.Of(noisy) / NoisyUnit, noise, _slowNoise, _slowNoise);
        // Where hours tell the most, a step to a value of another hour is that, not its size.
        if (Largest.Kind == EvidenceKind.Jump && _isSeasonal && _isAtWrongHour) Largest = AtWrongTime(Usual(hour, bar), value) with { Weight = Largest.Weight };
        var away = Math.Abs(value - _center);
        if (_isOutside) sum = Math.Min(sum, _awayRatio.Of(away) / HeavyUnit);
        if (Bars < WarmUp) (sum, Largest) = (0, default);

        _awayTail.Learn(away);
        _awayRatio.Learn(away);
        LearnSpread(value);
        LearnNovelty(value, novelty);
        _jumpTail.Learn(jump);
        _quietTail.Learn(quiet);
        _noisyTail.Learn(noisy);
        if (run == 1) _longestRun = Math.Max(_longestRun, _run);
        _run = run;
        _noise = noise;
        _slowNoise += Fading(FadeRate) * (noise - _slowNoise);
        _short += ShortRate * (value - _short);
        LearnErrors(hour, bar, value);
        _seasons.Learn(hour, value);
        _period.Take(bar, value, _center, _spread);
        _last = value;
        Bars++;
        return sum;
    }

    /// <summary>The series was silent for long: what only holds from one bar to the next is begun anew, so that the silence is not taken for a step.</summary>
    /// <param name="value">The first value after it.</param>
    /// <param name="isCounted">True where the bars' numbers went on meanwhile.</param>
    public void Resume(double value, bool isCounted)
    {
        if (Bars == 0) return;
        if (!isCounted) _period.Forget();
        _last = value;
        _short = value;
        _run = 0;
    }

    /// <summary>What the next bar is expected to be; NaN before a day of bars is known.</summary>
    /// <param name="hour">Its hour of the week, by the series' own clock.</param>
    /// <param name="bar">Its number.</param>
    public (double Low, double High) Expect(int hour, long bar)
    {
        if (Bars < WarmUp) return (double.NaN, double.NaN);
        var best = Math.Min(_shortError, RepeatedError);
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        Span<(double Guess, double Error)> guesses = [(_short, _shortError), (_seasons.OfDay(hour), _dayError), (_seasons.OfWeek(hour), _weekError), (_period.LevelOf(bar), _periodError)];
        foreach (var (guess, error) in guesses)
        {
            if (double.IsNaN(guess) || error > AboutAsGood * best) continue;
            (low, high) = (Math.Min(low, guess), Math.Max(high, guess));
        }

        if (low > high) (low, high) = (_short, _short);
        return (low - (BandErrors * best), high + (BandErrors * best));
    }

    // How far off the best of what repeats is.
    private double RepeatedError => Math.Min(Math.Min(_dayError, _weekError), _period.Period > 0 ? _periodError : double.PositiveInfinity);

    // The level of this time by the best of what repeats, and the period's bars where that is the series' own.
    private (double Level, int Cycle) Usual(int hour, long bar)
    {
        var own = _period.LevelOf(bar);
        if (!double.IsNaN(own) && _periodError < Math.Min(_dayError, _weekError)) return (own, _period.Period);
        var week = _seasons.OfWeek(hour);
        var day = _seasons.OfDay(hour);
        return (double.IsNaN(week) || (_dayError < _weekError && !double.IsNaN(day)) ? double.IsNaN(day) ? _short : day : week, 0);
    }

    private static Evidence AtWrongTime((double Level, int Cycle) usual, double value) =>
        usual.Cycle > 0 ? new(EvidenceKind.Cycle, 0, value, usual.Level, usual.Cycle) : new(EvidenceKind.Hour, 0, value, usual.Level, usual.Level);

    private void LearnErrors(int hour, long bar, double value)
    {
        _periodError = LearnError(_periodError, _period.LevelOf(bar), value);
        _shortError = LearnError(_shortError, _short, value);
        _dayError = LearnError(_dayError, _seasons.OfDay(hour), value);
        _weekError = LearnError(_weekError, _seasons.OfWeek(hour), value);
    }

    // An hour that was never seen is guessed as wrong as all is at first; one spike does not widen the band for long.
    private double LearnError(double error, double guess, double value)
    {
        var off = double.IsNaN(guess) ? Math.Max(_spread, error) : Math.Abs(value - guess);
        if (Bars > SeasonBars) off = Math.Min(off, (6 * error) + _noise);
        return error + (Fading(ShortErrorRate) * (off - error));
    }

    private double Fading(double rate) => Math.Max(rate, 1.0 / (Bars + 1));

    private double Weigh(EvidenceKind kind, double weight, double now, double low, double high)
    {
        var capped = Math.Min(MostWeight, weight);
        if (capped > Largest.Weight) Largest = new(kind, capped, now, low, high);
        return capped;
    }

    // Away from all guesses, or, where hours tell the most, from those alone: a short average follows what comes gradually, an hour does not.
    private double Level(int hour, long bar, double value, double distance, double novelty)
    {
        var usual = Usual(hour, bar);
        var near = _near.Push(distance);
        var off = double.IsNaN(usual.Level) ? 0 : Math.Abs(value - usual.Level);
        var seasonal = _seasonal.Push(off);
        // For a day and more, as after a shift of level the hours are told anew sooner than the short average is.
        _seasonalBars = RepeatedError < SeasonalPart * _shortError ? Math.Min(_seasonalBars + 1, SeasonBars) : 0;
        _isSeasonal = Bars > SeasonBars && _seasonalBars > SeasonBars / 2;
        // A value of every day, but not of this hour, is told as that.
        _isAtWrongHour = novelty <= 0 && _boxes.Age > SeasonBars / 2 && Bars > SeasonBars && off > 2 * _near.Mean;
        if (_isSeasonal) near = Math.Max(near, seasonal);
        var wrong = AtWrongTime(usual, value);
        return _isAtWrongHour
            ? Weigh(wrong.Kind, near / LevelUnit, value, wrong.Low, wrong.High)
            : Weigh(EvidenceKind.Level, near / LevelUnit, _near.Now, _near.Mean, _near.Mean);
    }

    private double Novelty(double value, out double novelty)
    {
        novelty = 0;
        var span = Math.Max(_high, value) - Math.Min(_low, value);
        var range = _spread > 0 ? Math.Min(span, 180 * _spread) : span;
        var distance = _boxes.Distance(value, range, out var low, out var high);
        _isOutside = range > 0 && distance > 0 && (double.IsInfinity(low) || double.IsInfinity(high));
        if (range <= 0 || distance <= 0) return 0;
        novelty = Math.Max(0, distance - (0.44 * _slowNoise)) / range;
        var weight = novelty / (NoveltyUnit + (0.5 * _usualNovelty));
        var away = Math.Abs(value - _center);
        if (_isOutside && _awayTail.IsKnown) weight = Math.Min(weight, _awayTail.Of(away) / OutsideUnit);
        if (_isOutside) (low, high) = _boxes.Range();
        return Weigh(EvidenceKind.Novelty, weight, value, low, high);
    }

    private void LearnSpread(double value)
    {
        // Capped, so that one spike does not widen what follows; not at first, when nothing is known.
        var cap = Bars < 20 || _spread <= 0 ? double.MaxValue : 2 * _spread;
        var delta = value - _center;
        var rate = Fading(FadeRate);
        _spread += rate * (Math.Min(Math.Abs(delta), cap) - _spread);
        _center += rate * Math.Clamp(delta, -cap, cap);
    }

    private void LearnNovelty(double value, double novelty)
    {
        _usualNovelty *= 1 - (1 / NoveltyMemory);
        if (novelty > 0 && Bars > 100) _usualNovelty += 0.15 * (Math.Min(novelty, 0.3) - _usualNovelty);
        _boxes.Learn(value);
        _low = Math.Min(_low, value);
        _high = Math.Max(_high, value);
    }
}
