namespace LiveDash.Core.Detection;

/// <summary>
/// Puts a figure on the scale of its own tail: 1.7 at the 98th percentile of what was seen, then one more for each decade of an exponential tail
/// fitted to the excess (peaks over threshold as in Siffer et al., KDD 2017, in streaming form). Not thread-safe.
/// </summary>
/// <param name="rate">How fast percentile and excess follow: the part of the way to each.</param>
internal struct TailScale(double rate)
{
    /// <summary>So many figures are seen before the first percentile is taken.</summary>
    public const int Bootstrap = 60;

    private const double Quantile = 0.98;
    private static readonly double AtQuantile = -Math.Log10(1 - Quantile);

    private double _threshold;
    private double _excess;
    private int _seen;

    /// <summary>False while it is learnt, and where all figures so far were 0.</summary>
    public readonly bool IsKnown => _seen == Bootstrap && (_threshold > 0 || _excess > 0);

    /// <summary>The figure on the scale; 0 while it is learnt.</summary>
    public readonly double Of(double figure)
    {
        if (_seen < Bootstrap) return 0;
        if (figure <= _threshold) return _threshold > 0 ? AtQuantile * figure / _threshold : 0;
        var beyond = figure - _threshold;
        return _excess > 0 ? AtQuantile + (beyond / (Math.Log(10) * _excess)) : _threshold > 0 ? AtQuantile + (beyond / _threshold) : 0;
    }

    /// <summary>Takes a figure, which is not negative.</summary>
    public void Learn(double figure)
    {
        if (_seen < Bootstrap)
        {
            Begin(figure);
            return;
        }

        var beyond = figure - _threshold;
        var scale = Math.Max(_threshold, _excess);
        if (scale <= 0) scale = figure;
        if (beyond > 0)
        {
            _threshold += Math.Min(beyond, rate * Quantile * scale);
            _excess += rate * (beyond - _excess);
        }
        else
        {
            _threshold = Math.Max(0, _threshold - (rate * (1 - Quantile) * scale));
        }
    }

    // The 98th percentile of 60 is the second largest, so the two largest are all that need be kept of them.
    private void Begin(double figure)
    {
        if (figure > _excess) (_threshold, _excess) = (_excess, figure);
        else _threshold = Math.Max(_threshold, figure);
        if (++_seen == Bootstrap) _excess = Math.Max(_excess - _threshold, _threshold * 0.1);
    }
}
