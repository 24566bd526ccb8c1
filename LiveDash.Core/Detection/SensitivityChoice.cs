namespace LiveDash.Core.Detection;

/// <summary>Chooses the sensitivity that agrees best with what somebody said of moments. Pure.</summary>
public static class SensitivityChoice
{
    /// <summary>The sensitivity with the fewest moments told otherwise; of several the nearest to the present one.</summary>
    /// <param name="verdicts">The score of each moment at the default sensitivity, and whether it was worth waking up for.</param>
    /// <param name="present">The sensitivity now.</param>
    public static Sensitivity Best(IReadOnlyCollection<(double Score, bool IsStrange)> verdicts, Sensitivity present) =>
        Enum.GetValues<Sensitivity>()
            .OrderBy(one => verdicts.Count(verdict => IsTold(verdict.Score, one) != verdict.IsStrange))
            .ThenBy(one => Math.Abs((int)one - (int)present))
            .First();

    /// <summary>True when a moment of this score is an anomaly at a sensitivity.</summary>
    /// <param name="score">The score at the default sensitivity.</param>
    /// <param name="sensitivity">The sensitivity.</param>
    public static bool IsTold(double score, Sensitivity sensitivity) => score * AlarmGate.Factor(Sensitivity.Medium) / AlarmGate.Factor(sensitivity) >= AnomalyDetector.Anomalous;
}
