namespace LiveDash.Core.Windows;

/// <summary>The sums of a whole window about one pivot, from which all basic figures follow. Figures beyond a double's range are given as the largest.</summary>
internal readonly struct WindowFigures(in Moments sums, int count, double pivot, double scale, double first, double last, long firstTime, long lastTime)
{
    private readonly Moments _sums = sums;

    public int Count => count;

    public double Min => _sums.Min;

    public double Max => _sums.Max;

    public double First => first;

    public double Last => last;

    public double Mean => Math.Clamp((pivot + (_sums.S1 / count)) / scale, _sums.Min, _sums.Max);

    public double Sum => Finite(((count * pivot) + _sums.S1) / scale);

    public double Std => Finite(Math.Sqrt(Spread / count) / scale);

    public double Variance => Finite(Spread / count / scale / scale);

    public double Increase => Finite(_sums.Increase / scale);

    public double Rate => lastTime > firstTime ? Finite(_sums.Increase / Seconds / scale) : double.NaN;

    public double Slope
    {
        get
        {
            var times = TimeSpread;
            return times > 0 ? Finite(CoSpread / times / scale) : double.NaN;
        }
    }

    /// <summary>1 where the values do not vary and the line is thus exact.</summary>
    public double RSquared
    {
        get
        {
            var times = TimeSpread;
            if (!(times > 0)) return double.NaN;
            var spread = Spread;
            var co = CoSpread;
            return spread > 0 ? Math.Clamp(co / times * (co / spread), 0, 1) : 1;
        }
    }

    private double Seconds => (lastTime - firstTime) * LeafMath.SecondsPerTick;

    private double Spread => _sums.Min == _sums.Max ? 0 : Math.Max(0, _sums.S2 - (_sums.S1 * _sums.S1 / count));

    private double TimeSpread => lastTime > firstTime ? _sums.T2 - (_sums.T1 * _sums.T1 / count) : 0;

    private double CoSpread => _sums.C - (_sums.S1 * _sums.T1 / count);

    public WindowSummary ToSummary() => new(
        count, Sum, Mean, Std, _sums.Min, _sums.Max, first, last, firstTime, lastTime, Rate, Slope);

    public WindowBasics ToBasics() => new(count, Mean, Std, _sums.Min, _sums.Max);

    public static double Finite(double value) => double.IsFinite(value) || double.IsNaN(value)
        ? value
        : Math.CopySign(double.MaxValue, value);
}
