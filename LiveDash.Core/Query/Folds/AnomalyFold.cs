using LiveDash.Core.Detection;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Query.Folds;

/// <summary>How strange a series is by a detector that has seen all of it. Used by one thread.</summary>
internal sealed class AnomalyFold(Sensitivity sensitivity, LocalClock clock) : SeriesFold
{
    private readonly AnomalyDetector _detector = new(sensitivity, clock, WindowOptions.Default.AllowedLateness);

    /// <inheritdoc/>
    public override FoldReach Reach => new(0, IsAll: true);

    /// <inheritdoc/>
    public override long Held => 0;

    /// <inheritdoc/>
    public override void Take(in PlacedPoints points)
    {
        var times = points.Times.Span;
        var values = points.Values.Span;
        for (var i = 0; i < values.Length; i++) _detector.Push(times[i], values[i]);
    }

    /// <inheritdoc/>
    public override FoldValue At(long ticks) =>
        _detector.IsLearning ? new(Absence.Mark, false) : new(_detector.Score, _detector.Score >= AnomalyDetector.Anomalous);
}
