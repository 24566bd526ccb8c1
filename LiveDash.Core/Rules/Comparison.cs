using System.Globalization;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Rules;

/// <summary>An aggregate over a window, compared with a threshold: <c>mean(cpu.load, 30s) &gt; 80</c>.</summary>
public sealed record Comparison(
    AggregateSpec Aggregate, string Series, WindowSpec Window, Comparator Comparator, double Threshold) : SeriesCondition(Series)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Aggregate}({Series}, {Window}) {Comparator.Sign()} {Threshold.ToString("R", CultureInfo.InvariantCulture)}";
}
