namespace LiveDash.Web.Api.Anomalies;

/// <summary>What the detector found in one series.</summary>
/// <param name="Series">The series in full.</param>
/// <param name="Points">How many points were judged or learnt from.</param>
/// <param name="Bar">What was judged at once: the length of a bar, or the mean interval of the points.</param>
/// <param name="LearnsFor">How long it still learns, null once it judges or before a pace is known.</param>
/// <param name="Score">How strange the newest moment is: 1 and more is an anomaly.</param>
/// <param name="Peak">The highest score in the range.</param>
/// <param name="Anomalies">The anomalous stretches that began in the range, oldest first; at most <see cref="AnomalyScan.MostStretches"/>.</param>
/// <param name="More">How many stretches there were beyond those.</param>
internal sealed record AnomalyAnswer(
    string Series, long Points, string? Bar, string? LearnsFor, double Score, double Peak, IReadOnlyList<AnomalyStretch> Anomalies, int More);
