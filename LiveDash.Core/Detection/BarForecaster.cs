namespace LiveDash.Core.Detection;

/// <summary>
/// Forecasts a series a horizon ahead, bar by bar: Holt-Winters models with a damped trend, without a season and with those of day, week and what the series
/// itself repeats, each at three speeds, and medians are scored against what came; the best are told, weighted by their errors. The band is calibrated by what fell
/// out of it (Gibbs and Candès, *Adaptive Conformal Inference*, 2021). Allocates nothing a point. Not thread-safe.
/// </summary>
public sealed class BarForecaster : IJudgedBars
{
    private static readonly long LeastLength = 5 * TimeSpan.TicksPerMinute;
    private static readonly double[] s_speeds = [0.02, 0.1, 0.4];
    private static readonly TimeSpan s_long = TimeSpan.FromHours(3);
    private static readonly int[] s_medians = [24, 192];
    private const int MaxHorizon = 2_016;
    private const int PaceBars = 16;
    private const int FindEvery = 512;
    private const double Outside = 0.042;
    private const double LeastReachRate = 0.006;
    private const double ReachBars = 0.05;
    private const double LeastReach = 1;
    private const double Digits = 2e-6;
    private const double Fade = 1.0 / 2_016;

    private readonly List<BarModel> _models = [];
    private readonly SeasonFinder _finder = new();
    private readonly long[] _first = new long[PaceBars];
    private readonly double[] _firstValues = new double[PaceBars];
    private double[] _made = [];
    private double[] _halves = [];
    private float[] _day = [];
    private long _length;
    private int _horizon;
    private int _found;
    private long _bar = long.MinValue;
    private double _sum;
    private int _count;
    private long _bars;
    private int _begun;
    private double _half;
    private double _scale;
    private double _error;
    private double _naive;
    private long _judged;
    private long _compared;
    private double _covered;
    private double _reach = 3;
    private double _reachRate;
    private int _season;
    private int _needed = Prediction.LeastJudged;

    /// <summary>A forecaster that knows nothing yet.</summary>
    /// <param name="horizon">How far ahead it looks; at most 2,016 bars count.</param>
    public BarForecaster(TimeSpan horizon) => Horizon = horizon;

    /// <summary>How far ahead it looks.</summary>
    public TimeSpan Horizon { get; }

    /// <summary>What it says now.</summary>
    public Prediction Now { get; private set; } = Prediction.Unknown;

    /// <inheritdoc/>
    public void Take(in JudgedBar bar)
    {
        if (_length == 0)
        {
            TakeFirst(bar);
            return;
        }

        Add(bar.Began, bar.Level);
    }

    // The pace of the first bars decides how long a step is, once.
    private void TakeFirst(in JudgedBar bar)
    {
        (_first[_begun], _firstValues[_begun]) = (bar.Began, bar.Level);
        if (++_begun < PaceBars) return;
        var steps = _first.Zip(_first.Skip(1), static (one, next) => next - one).Order().ToArray();
        _length = Math.Max(LeastLength, (steps[steps.Length / 2] + (LeastLength / 2)) / LeastLength * LeastLength);
        // The newest bar is open still, so the horizon is reached a bar later.
        _horizon = (int)Math.Clamp(((Horizon.Ticks + _length - 1) / _length) + 1, 1, MaxHorizon);
        _reachRate = Math.Max(LeastReachRate, ReachBars / _horizon);
        _made = new double[_horizon];
        _halves = new double[_horizon];
        Array.Fill(_made, double.NaN);
        var day = (int)(TimeSpan.TicksPerDay / _length);
        if (Horizon >= s_long) _needed = Math.Max(_needed, day);
        _day = new float[Math.Max(1, day) * (1 + ((_horizon - 1) / Math.Max(1, day)))];
        AddModels(0);
        if (day >= 4) AddModels(day);
        if (day >= 1) AddModels(7 * day);
        foreach (var window in s_medians) _models.Add(new MedianModel(window, _horizon));
        if (day >= 1) _models.AddRange([new NaiveModel(day, _horizon), new NaiveModel(7 * day, _horizon)]);
        for (var i = 0; i < PaceBars; i++) Add(_first[i], _firstValues[i]);
    }

    private void AddModels(int season)
    {
        foreach (var speed in s_speeds) _models.Add(new SmoothingModel(season, season > 0 ? speed / 2 : speed, _horizon));
        // A level that stands still is what a wandering series is best told by.
        if (season == 0) _models.Add(new SmoothingModel(0, 1, _horizon));
    }

    private void Add(long began, double value)
    {
        var bar = began / _length;
        if (bar == _bar)
        {
            _sum += value;
            _count++;
            return;
        }

        if (_count > 0) Step(_sum / _count, _bar, bar - _bar - 1);
        (_bar, _sum, _count) = (bar, value, 1);
    }

    private void Step(double value, long bar, long missing)
    {
        Compare(value);
        foreach (var model in _models) model.Take(value, bar);
        _day[(int)(_bars % _day.Length)] = (float)value;
        _finder.Take(value);
        _bars++;
        if (_finder.IsFull && _bars % FindEvery == 0) Look();
        Tell(bar);
        for (var i = 0; i < Math.Min(missing, _day.Length); i++) _day[(int)((_bars + i) % _day.Length)] = float.NaN;
        for (var i = 0; i < Math.Min(missing, _horizon); i++) _made[(int)((_bars + i) % _horizon)] = double.NaN;
        if (missing <= 0) return;
        foreach (var model in _models) model.Skip(missing);
        _bars += missing;
    }

    private void Compare(double value)
    {
        if (_bars < _horizon) return;
        var at = (int)(_bars % _horizon);
        var made = _made[at];
        if (double.IsNaN(made)) return;
        var error = Math.Abs(value - made);
        var past = _bars >= _day.Length ? _day[(int)(_bars % _day.Length)] : float.NaN;
        if (!float.IsNaN(past))
        {
            var rate = Math.Max(Fade, 1.0 / ++_compared);
            _error += rate * (error - _error);
            _naive += rate * (Math.Abs(value - past) - _naive);
        }

        if (++_judged > Prediction.LeastJudged)
        {
            _covered += Math.Max(Fade, 1.0 / (_judged - Prediction.LeastJudged)) * ((error <= _halves[at] ? 1 : 0) - _covered);
        }

        // So many mean errors: more after a miss, a little fewer after each hit, so that in the long run a little less than one of twenty falls out. Errors of overlapping
        // horizons go together, so mean and reach are the slower the further ahead.
        var isMiss = error > _reach * _scale;
        _scale += Math.Max(1.0 / _judged, Math.Min(0.01, 0.1 / _horizon)) * (_scale > 0 ? Math.Min(error, 10 * _scale) - _scale : error);
        _reach = Math.Max(LeastReach, _reach * (1 + (_reachRate * ((isMiss ? 1 : 0) - Outside))));
        // Models keep their levels in seven digits.
        _half = Math.Max(_reach * _scale, Digits * Math.Abs(value));
    }

    private void Look()
    {
        var found = _finder.Find();
        if (found == 0 || _models.Exists(model => model.Season > 0 && Math.Abs(model.Season - found) <= 1)) return;
        if (_found > 0) _models.RemoveAll(model => model.Season == _found);
        _found = found;
        AddModels(found);
    }

    private void Tell(long bar)
    {
        var best = double.PositiveInfinity;
        foreach (var model in _models) best = Math.Min(best, model.Error);
        double sum = 0, weights = 0;
        foreach (var model in _models)
        {
            if (double.IsNaN(model.Ahead) || !model.IsTaught) continue;
            if (!double.IsInfinity(best) && model.Error > 1.15 * best) continue;
            if (model.Error == best) _season = model.Season;
            var weight = double.IsInfinity(best) || best <= 0 ? 1 : best / model.Error * (best / model.Error);
            sum += weight * model.Ahead;
            weights += weight;
        }

        var value = weights > 0 ? sum / weights : double.NaN;
        var at = (int)(_bars % _horizon);
        (_made[at == 0 ? _horizon - 1 : at - 1], _halves[at == 0 ? _horizon - 1 : at - 1]) = (value, _half);
        Now = new Prediction(
            (bar + _horizon) * _length, value, value - _half, value + _half, _naive > 0 ? _error / _naive : double.NaN,
            _judged > Prediction.LeastJudged ? _covered : double.NaN, TimeSpan.FromTicks(_season * _length), _judged, _needed);
    }
}
