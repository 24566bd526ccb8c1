using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Web.ViewModels;

/// <summary>What an aggregate of a series measures: a mean of bytes is bytes, a count of them is a number.</summary>
public static class AggregateUnit
{
    /// <summary>The aggregate's unit, from the series'.</summary>
    public static ValueUnit Of(AggregateSpec aggregate, ValueUnit series) => aggregate.Kind switch
    {
        AggregateKind.Count or AggregateKind.Distinct or AggregateKind.Variance or AggregateKind.RSquared or AggregateKind.ZScore => ValueUnit.Number,
        AggregateKind.Above or AggregateKind.Below => ValueUnit.Ratio,
        AggregateKind.Rate or AggregateKind.Slope => series == ValueUnit.Bytes ? ValueUnit.BytesPerSecond : ValueUnit.PerSecond,
        AggregateKind.Sum when series is ValueUnit.Percent or ValueUnit.Ratio => ValueUnit.Number,
        _ => series,
    };
}
