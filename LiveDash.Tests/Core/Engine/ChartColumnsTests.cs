using LiveDash.Core.Engine;

namespace LiveDash.Tests.Core.Engine;

public class ChartColumnsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    public void Add_AnyOrder_SameAsPlainGrouping(int width)
    {
        var random = new Random(width);
        var chart = new ChartColumns(width, 40);
        var all = new List<(long Time, double Value, int Order)>();
        for (var i = 0; i < 3000; i++)
        {
            var time = Math.Max(0, (i / 2) + random.Next(-20, 20));
            var value = random.Next(1000) / 8.0;
            all.Add((time, value, i));
            chart.Add(time, value);
            if (i % 100 != 0) continue;
            AssertSame(all, chart, width);
        }

        AssertSame(all, chart, width);
    }

    [Fact]
    public void CopySince_Version_GivesOnlyWhatChanged()
    {
        var chart = new ChartColumns(10, 5);
        chart.Add(0, 1);
        chart.Add(11, 2);
        var columns = new List<ChartColumn>();
        var version = chart.CopySince(0, columns);
        Assert.Equal(2, columns.Count);

        columns.Clear();
        Assert.Equal(version, chart.CopySince(version, columns));
        Assert.Empty(columns);
        chart.Add(12, 5);
        chart.CopySince(version, columns);

        Assert.Equal([new ChartColumn(10, 2, 2, 5, 5, 3.5, 2)], columns);
    }

    [Fact]
    public void TakeOver_OneThatKnowsMore_SameAsTheOther()
    {
        var random = new Random(5);
        ChartColumns left = new(10, 30), right = new(10, 30), whole = new(10, 30);
        for (var i = 0; i < 500; i++)
        {
            // Times do not repeat: which of two points of the same time came first is not known after a merge.
            var (time, value) = ((long)i, random.NextDouble());
            whole.Add(time, value);
            // What is live holds the newest third; the other was read from the store and given the rest.
            if (i > 330) left.Add(time, value);
            right.Add(time, value);
        }

        left.TakeOver(right);
        List<ChartColumn> expected = [], actual = [];
        whole.CopySince(0, expected);
        left.CopySince(0, actual);

        Assert.Equal(expected.Select(Rounded), actual.Select(Rounded));
    }

    [Fact]
    public async Task CopySince_WhileWritten_NeverGivesATornColumn()
    {
        var chart = new ChartColumns(10, 64);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() =>
        {
            for (long i = 0; !stop.IsCancellationRequested; i++) chart.Add(i, i);
        });
        var columns = new List<ChartColumn>();
        var version = 0L;
        for (var i = 0; i < 20_000; i++)
        {
            columns.Clear();
            version = chart.CopySince(version, columns);
            foreach (var column in columns)
            {
                Assert.Equal(column.Start, column.First);
                Assert.Equal(column.Last, column.Max);
                Assert.InRange(column.Last, column.First, column.First + 9);
            }
        }

        await stop.CancelAsync();
        await writing;
    }

    private static void AssertSame(List<(long Time, double Value, int Order)> all, ChartColumns chart, int width)
    {
        var newest = all.Max(p => p.Time) / width;
        var expected = all.GroupBy(p => p.Time / width).Where(g => g.Key >= newest - 40).OrderBy(g => g.Key).Select(g =>
        {
            var ordered = g.OrderBy(p => p.Time).ThenBy(p => p.Order).ToArray();
            return Rounded(new ChartColumn(g.Key * width, ordered[0].Value, g.Min(p => p.Value), g.Max(p => p.Value), ordered[^1].Value, g.Average(p => p.Value), g.Count()));
        });
        var actual = new List<ChartColumn>();
        chart.CopySince(0, actual);
        Assert.Equal(expected, actual.Select(Rounded));
    }

    // A sum of the same numbers in another order differs in its last digits.
    private static ChartColumn Rounded(ChartColumn column) => column with { Mean = Math.Round(column.Mean, 9) };
}
