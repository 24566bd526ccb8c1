namespace LiveDash.Core.Detection;

/// <summary>
/// Puts a figure on the scale of its own tail by ratios: 1.7 at the 98th percentile of what was seen, then one more for each decade of a power law fitted to
/// how many times larger the largest were (Hill, <em>A Simple General Approach to Inference About the Tail of a Distribution</em>, 1975, in streaming form). Where
/// <see cref="TailScale"/> takes a tail for exponential, this one takes it for as heavy as it may be. Not thread-safe.
/// </summary>
internal struct RatioTail
{
    private const double Quantile = 0.98;
    private const double Rate = 0.01;
    private const double FirstRate = 0.1;
    private const double FirstRatio = 0.2;
    private const double Pace = 3;

    // What never varies would make each ratio infinitely rare.
    private const double LeastRatio = 0.02;
    private static readonly double AtQuantile = -Math.Log10(1 - Quantile);

    private double _threshold;
    private double _ratio;
    private int _seen;

    /// <summary>The 98th percentile; 0 while it is learnt.</summary>
    public readonly double Threshold => _seen < TailScale.Bootstrap ? 0 : _threshold;

    /// <summary>The figure on the scale; 0 while it is learnt, infinity where all so far were 0.</summary>
    public readonly double Of(double figure)
    {
        if (_seen < TailScale.Bootstrap || figure <= 0) return 0;
        if (_threshold <= 0) return double.PositiveInfinity;
        return figure <= _threshold
            ? AtQuantile * figure / _threshold
            : AtQuantile + (Math.Log(figure / _threshold) / (Math.Log(10) * Math.Max(_ratio, LeastRatio / 4)));
    }

    /// <summary>Takes a figure, which is not negative.</summary>
    public void Learn(double figure)
    {
        if (_seen < TailScale.Bootstrap)
        {
            Begin(figure);
            return;
        }

        if (_seen < int.MaxValue) _seen++;
        if (_threshold <= 0)
        {
            _threshold = figure;
            return;
        }

        // The first few are worth more, as in a mean.
        var rate = Math.Clamp(1 / (1 + (_seen * (1 - Quantile))), Rate, FirstRate);
        var scale = Math.Max(_ratio, LeastRatio);
        if (figure <= _threshold)
        {
            _threshold *= 1 - (rate * (1 - Quantile) * Pace * scale);
            return;
        }

        var beyond = Math.Log(figure / _threshold);
        _threshold *= Math.Exp(Math.Min(beyond, rate * Quantile * Pace * scale));
        _ratio += rate * (Math.Min(beyond, 10 * scale) - _ratio);
    }

    // The 98th percentile of 60 is the second largest; the largest is kept in the place of the ratio until that is known.
    private void Begin(double figure)
    {
        if (figure > _ratio) (_threshold, _ratio) = (_ratio, figure);
        else _threshold = Math.Max(_threshold, figure);
        if (++_seen == TailScale.Bootstrap) _ratio = FirstRatio;
    }
}
