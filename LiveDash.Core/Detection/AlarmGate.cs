namespace LiveDash.Core.Detection;

/// <summary>
/// Makes of strengths the score of one sensitivity: what is over its price is an anomaly; an alarm makes the next dearer, which fades, and what
/// comes close after one is the same event still. Not thread-safe.
/// </summary>
/// <param name="factor">The strength that is an anomaly before any alarm, such as <see cref="Factor"/>.</param>
internal struct AlarmGate(double factor)
{
    private const double BudgetStep = 0.33;
    private const double BudgetMemory = 5_000;
    private const int RefractoryBars = 60;

    private double _budget;
    private int _sinceAlarm = int.MaxValue;
    private bool _isAlarm;

    /// <summary>The strength that is an anomaly at a sensitivity, before any alarm.</summary>
    public static double Factor(Sensitivity sensitivity) => sensitivity switch { Sensitivity.Low => 1.3, Sensitivity.High => 0.72, _ => 0.92 };

    /// <summary>How strange the newest bar is: 1 and more is an anomaly.</summary>
    public double Score { get; private set; }

    /// <summary>The strength at which an alarm begins now.</summary>
    public readonly double Price => factor * (1 + _budget);

    /// <summary>The bar in which the last alarm was on, in UTC ticks; 0 for none.</summary>
    public long AlarmAt { get; private set; }

    /// <summary>What the score of a strength would be, if the open bar ended with it.</summary>
    public readonly double Peek(double strength)
    {
        var score = strength / Price;
        return score >= AnomalyDetector.Anomalous && !_isAlarm && _sinceAlarm < RefractoryBars ? Math.BitDecrement(AnomalyDetector.Anomalous) : score;
    }

    /// <summary>A bar was judged.</summary>
    /// <param name="strength">How strange it is, whatever the sensitivity.</param>
    /// <param name="began">When the bar began, in UTC ticks.</param>
    public void Tell(double strength, long began)
    {
        _budget *= 1 - (1 / BudgetMemory);
        if (_sinceAlarm < int.MaxValue) _sinceAlarm++;
        var score = strength / Price;
        if (score < AnomalyDetector.Anomalous)
        {
            _isAlarm = false;
        }
        else if (!_isAlarm)
        {
            if (_sinceAlarm <= RefractoryBars)
            {
                // Close after an alarm it is the same event still, or its end.
                score = Math.BitDecrement(AnomalyDetector.Anomalous);
            }
            else
            {
                _isAlarm = true;
                _sinceAlarm = 0;
                _budget += BudgetStep;
            }
        }

        if (score >= AnomalyDetector.Anomalous) AlarmAt = began;
        Score = score;
    }
}
