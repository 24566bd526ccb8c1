using LiveDash.Core.Engine;
using LiveDash.Core.Live;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Tests.Core.Live;

public sealed class ColumnSummaryTests
{
    [Theory]
    [InlineData(AggregateKind.Last)]
    [InlineData(AggregateKind.First)]
    [InlineData(AggregateKind.Min)]
    [InlineData(AggregateKind.Max)]
    [InlineData(AggregateKind.Mean)]
    [InlineData(AggregateKind.Sum)]
    [InlineData(AggregateKind.Count)]
    [InlineData(AggregateKind.Range)]
    [InlineData(AggregateKind.Delta)]
    public void Evaluate_OfColumns_IsWhatTheirPointsSay(AggregateKind kind)
    {
        var random = new Random(3);
        var chart = new ChartColumns(10, 100);
        var values = new List<double>();
        for (var t = 0; t < 700; t++)
        {
            values.Add(random.NextDouble() * 100);
            chart.Add(t, values[^1]);
        }

        List<ChartColumn> columns = [];
        chart.CopySince(0, columns);

        Assert.True(ColumnSummary.Tells(kind));
        Assert.Equal(Plain(kind, values), ColumnSummary.Of(columns).Evaluate(kind), 6);
        Assert.Equal(Plain(kind, values[300..]), ColumnSummary.Of(columns, 300).Evaluate(kind), 6);
    }

    [Fact]
    public void Evaluate_OfNothing_IsNoNumberButTheCount()
    {
        Assert.Equal(0, ColumnSummary.Of([]).Evaluate(AggregateKind.Count));
        Assert.All(new[] { AggregateKind.Last, AggregateKind.Mean, AggregateKind.Sum, AggregateKind.Range }, kind => Assert.True(double.IsNaN(ColumnSummary.Of([]).Evaluate(kind))));
        Assert.False(ColumnSummary.Tells(AggregateKind.Percentile));
    }

    private static double Plain(AggregateKind kind, List<double> values) => kind switch
    {
        AggregateKind.First => values[0],
        AggregateKind.Min => values.Min(),
        AggregateKind.Max => values.Max(),
        AggregateKind.Mean => values.Average(),
        AggregateKind.Sum => values.Sum(),
        AggregateKind.Count => values.Count,
        AggregateKind.Range => values.Max() - values.Min(),
        AggregateKind.Delta => values[^1] - values[0],
        _ => values[^1],
    };
}
