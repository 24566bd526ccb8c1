using System.Runtime.InteropServices;
using LiveDash.Core.Engine;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Live;

/// <summary>What the columns of a stretch say together: exactly what their points say, since a column keeps what is needed of them. Immutable.</summary>
/// <param name="First">The value of the earliest point; NaN without points, like the others.</param>
/// <param name="Last">The value of the latest point.</param>
/// <param name="Min">The smallest value.</param>
/// <param name="Max">The largest value.</param>
/// <param name="Sum">The sum of the values.</param>
/// <param name="Count">How many points there are.</param>
public readonly record struct ColumnSummary(double First, double Last, double Min, double Max, double Sum, long Count)
{
    /// <summary>Of no points.</summary>
    public static ColumnSummary Empty { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN, 0, 0);

    /// <summary>Of columns by time, from a tick on.</summary>
    public static ColumnSummary Of(List<ChartColumn> columns, long from = long.MinValue)
    {
        var found = Empty;
        foreach (ref readonly var column in CollectionsMarshal.AsSpan(columns))
        {
            if (column.Start < from) continue;
            found = found.Count == 0
                ? new(column.First, column.Last, column.Min, column.Max, column.Mean * column.Count, column.Count)
                : new(found.First, column.Last, Math.Min(found.Min, column.Min), Math.Max(found.Max, column.Max), found.Sum + (column.Mean * column.Count), found.Count + column.Count);
        }

        return found;
    }

    /// <summary>True for the aggregates that columns can tell.</summary>
    public static bool Tells(AggregateKind kind) =>
        kind is AggregateKind.Last or AggregateKind.First or AggregateKind.Min or AggregateKind.Max or AggregateKind.Mean or AggregateKind.Sum or AggregateKind.Count
            or AggregateKind.Range or AggregateKind.Delta;

    /// <summary>One of them.</summary>
    public double Evaluate(AggregateKind kind) => kind switch
    {
        AggregateKind.Count => Count,
        AggregateKind.Sum => Count == 0 ? double.NaN : Sum,
        AggregateKind.Mean => Sum / Count,
        AggregateKind.First => First,
        AggregateKind.Min => Min,
        AggregateKind.Max => Max,
        AggregateKind.Range => Max - Min,
        AggregateKind.Delta => Last - First,
        _ => Last,
    };
}
