using LiveDash.Core.Detection;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Rules;

/// <summary>The series is strange beside all it has done, by its detector: <c>anomaly(cpu.load, high)</c>. Decides nothing while the detector learns.</summary>
/// <param name="Series">The series or pattern.</param>
/// <param name="Sensitivity">How readily.</param>
/// <param name="By">The tag whose series are judged together, so that one event is one alert; null where each is judged by itself.</param>
public sealed record Anomaly(string Series, Sensitivity Sensitivity, string? By = null) : SeriesCondition(Series)
{
    /// <inheritdoc/>
    public override string ToString() => new AnomalyExpr(Series, Sensitivity, By).ToString();
}
