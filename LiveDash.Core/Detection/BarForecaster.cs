namespace LiveDash.Core.Detection;

/// <summary>
/// Forecasts a series a horizon ahead, bar by bar: Holt-Winters models with a damped trend, without a season and with those of day, week and what the series
/// itself repeats, each at three speeds, medians and what came one season before are scored against what came; all are told, weighted by their errors so that those that are
/// nearly the best decide. The band is that of <see cref="ErrorBand"/>. Allocates nothing a point. Not thread-safe.
/// </summary>
public sealed class BarForecaster : IJudgedBars
{
    private static readonly long LeastLength = 5 * TimeSpan.TicksPerMinute;
    private static readonly double[] s_speeds = [0.02, 0.1, 0.4];
    private static readonly TimeSpan s_long = TimeSpan.FromHours(3);
    private static readonly int[] s_medians = [24, 192];
    private const int MaxHorizon = 2_016;

    // Levels are kept in seven digits, which end at 3.4e38; what is beyond this stands for no value, as the largest number does in many a source, and would be in all sums for ever.
    private const double MostValue = 1e30;
    private const int PaceBars = 16;
    private const int FindEvery = 512;
    private const double Fade = 1.0 / 2_016;

    private readonly List<BarModel> _models = [];
    private readonly SeasonFinder _finder = new();
    private readonly ErrorBand _band = new();
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
    private double _error;
    private double _naive;
    private long _judged;
    private long _compared;
    private int _season;
    private int _needed = Prediction.LeastJudged;

    /// <summary>A forecaster that knows nothing yet.</summary>
    /// <param name="horizon">How far ahead it looks; at most 2,016 bars count.</param>
    public BarForecaster(TimeSpan horizon) => Horizon = horizon;

    /// <summary>How far ahead it looks.</summary>
    public TimeSpan Horizon { get; }

    /// <summary>How long a bar is: what is forecast is the mean of one; zero before that is known.</summary>
    public TimeSpan Bar => TimeSpan.FromTicks(_length);

    /// <summary>What it says now.</summary>
    public Prediction Now { get; private set; } = Prediction.Unknown;

    /// <inheritdoc/>
    public void Take(in JudgedBar bar)
    {
        // As a bar that is missing.
        if (!(Math.Abs(bar.Level) <= MostValue)) return;
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
        if (day >= 1) _models.AddRange([new NaiveModel(day, _horizon), new NaiveModel(7 * day, _horizon), new SeasonMedianModel(day, _horizon)]);
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
        if (missing <= 0) return;
        BarModel.Forget(_day, _bars, missing, float.NaN);
        BarModel.Forget(_made, _bars, missing, double.NaN);
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

        _judged++;
        _band.Take(error, _halves[at]);
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
        // The best of those that can say: what one before needs of the past may be missing.
        var best = double.PositiveInfinity;
        foreach (var model in _models)
        {
            if (CanSay(model) && model.Error < best) (best, _season) = (model.Error, model.Season);
        }

        double sum = 0, weights = 0;
        foreach (var model in _models)
        {
            if (!CanSay(model)) continue;
            var weight = Weight(best, model.Error);
            sum += weight * model.Ahead;
            weights += weight;
        }

        var value = weights > 0 ? sum / weights : double.NaN;
        var at = (int)((_bars + _horizon - 1) % _horizon);
        // What is not told is no miss.
        (_made[at], _halves[at]) = (value, _judged >= _needed ? _band.Half : double.NaN);
        Now = new Prediction(
            (bar + _horizon) * _length, value, value - _band.Half, value + _band.Half, _naive > 0 ? _error / _naive : double.NaN,
            _band.Coverage, TimeSpan.FromTicks(_season * _length), _judged, _needed, Bar);
    }

    private static bool CanSay(BarModel model) => model.IsTaught && double.IsFinite(model.Ahead);

    // The eighth power: one that is off by a tenth more than the best counts half as much, one by half more hardly.
    private static double Weight(double best, double error)
    {
        if (error <= best) return 1;
        var ratio = best / error;
        ratio *= ratio;
        ratio *= ratio;
        return ratio * ratio;
    }
}
