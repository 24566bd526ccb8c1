namespace LiveDash.Core.Windows.Aggregates;

/// <summary>The aggregates that follow from a window's sums at once. Stateless.</summary>
internal static class BasicAggregates
{
    /// <summary>True for the kinds that <see cref="Of"/> knows.</summary>
    public static bool IsBasic(AggregateKind kind) => kind <= AggregateKind.RSquared;

    /// <summary>The aggregate of no points at all.</summary>
    public static double OfNothing(AggregateKind kind) => kind is AggregateKind.Count or AggregateKind.Sum ? 0 : double.NaN;

    /// <summary>The aggregate of a window that holds points.</summary>
    public static double Of(AggregateKind kind, in WindowFigures window) => kind switch
    {
        AggregateKind.Count => window.Count,
        AggregateKind.Sum => window.Sum,
        AggregateKind.Mean => window.Mean,
        AggregateKind.Std => window.Std,
        AggregateKind.Variance => window.Variance,
        AggregateKind.Min => window.Min,
        AggregateKind.Max => window.Max,
        AggregateKind.Range => WindowFigures.Finite(window.Max - window.Min),
        AggregateKind.First => window.First,
        AggregateKind.Last => window.Last,
        AggregateKind.Delta => WindowFigures.Finite(window.Last - window.First),
        AggregateKind.Increase => window.Increase,
        AggregateKind.Rate => window.Rate,
        AggregateKind.Slope => window.Slope,
        AggregateKind.RSquared => window.RSquared,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not an aggregate of sums."),
    };
}
