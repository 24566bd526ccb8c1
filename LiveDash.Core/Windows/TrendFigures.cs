namespace LiveDash.Core.Windows;

/// <summary>The figures of a window that follow from its sums over time; <paramref name="s1"/> is the sum of d about the same pivot.</summary>
internal readonly struct TrendFigures(in Trend sums, double s1, in WindowFigures figures, long firstTime, long lastTime)
{
    private readonly double _increase = sums.Increase;
    private readonly double _area = sums.Area;
    private readonly double _unscale = figures.Unscale;
    private readonly double _spread = figures.Spread;
    private readonly double _times = lastTime > firstTime ? sums.T2 - (sums.T1 * sums.T1 / figures.Count) : 0;
    private readonly double _both = sums.C - (s1 * sums.T1 / figures.Count);

    public double Increase => WindowFigures.Finite(_increase * _unscale);

    public double Rate => lastTime > firstTime
        ? WindowFigures.Finite(_increase / ((lastTime - firstTime) * LeafMath.SecondsPerTick) * _unscale)
        : double.NaN;

    public double Slope => _times > 0 ? WindowFigures.Finite(_both / _times * _unscale) : double.NaN;

    /// <summary>1 where the values do not vary and the line is thus exact.</summary>
    public double RSquared => !(_times > 0) ? double.NaN : _spread > 0 ? Math.Clamp(_both / _times * (_both / _spread), 0, 1) : 1;

    /// <summary>The mean weighted by how long each value stood; the last one until now.</summary>
    public double TimeWeightedMean(double last, long now)
    {
        if (now <= firstTime) return last;
        var area = _area + (last / _unscale * ((now - lastTime) * LeafMath.SecondsPerTick));
        return WindowFigures.Finite(area / ((now - firstTime) * LeafMath.SecondsPerTick) * _unscale);
    }
}
