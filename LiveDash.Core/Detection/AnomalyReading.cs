namespace LiveDash.Core.Detection;

/// <summary>How a detector stood at one moment. Immutable.</summary>
/// <param name="Score">How strange the newest moment was at the default sensitivity: 1 and more is an anomaly.</param>
/// <param name="Evidence">The largest evidence.</param>
/// <param name="Unit">The unit that stands behind a value in words; empty for none.</param>
/// <param name="Bar">How long a bar is; zero before it is known.</param>
/// <param name="LearnsFor">How long it still learns; zero once it judges, null before a pace is known.</param>
/// <param name="AlarmAt">When the last anomaly was, in UTC ticks; 0 for never.</param>
/// <param name="IsCounter">True where the rate is judged.</param>
/// <param name="Last">The last bar that was judged.</param>
public sealed record AnomalyReading(double Score, Evidence Evidence, string Unit, TimeSpan Bar, TimeSpan? LearnsFor, long AlarmAt, bool IsCounter, JudgedBar Last)
{
    /// <summary>Nothing is known yet.</summary>
    public static AnomalyReading Unknown { get; } = new(0, default, "", TimeSpan.Zero, null, 0, false, default);

    /// <summary>True while nothing is judged yet.</summary>
    public bool IsLearning => LearnsFor != TimeSpan.Zero;

    /// <summary>The largest evidence in words; empty where nothing is strange.</summary>
    public string Reason => EvidenceWords.Say(Evidence, Bar, Unit, IsCounter);

    internal static AnomalyReading Of(AnomalyDetector detector) => new(
        detector.Score, detector.Evidence, detector.Unit, detector.Bar, detector.LearnsFor, detector.AlarmAt(Sensitivity.Medium), detector.IsCounter, detector.Last);
}
