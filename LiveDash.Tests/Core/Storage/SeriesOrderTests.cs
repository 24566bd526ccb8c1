using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Tests.Core.Storage;

/// <summary>A commit's points by series are what a stable sort of them is, and columns filled by it what adding point by point makes.</summary>
public sealed class SeriesOrderTests
{
    [Fact]
    public void Sort_AnyCommit_IsTheStableOrderBySeries()
    {
        var random = new Random(3);
        var order = new SeriesOrder();
        for (var round = 0; round < 200; round++)
        {
            var series = Enumerable.Range(0, random.Next(0, 400)).Select(_ => random.Next(random.Next(1, 5000))).ToArray();
            order.Sort(series);
            var expected = series.Select(static (one, at) => (one, at)).GroupBy(static pair => pair.one).Select(static group => $"{group.Key}: {string.Join(' ', group.Select(static pair => pair.at))}");
            var actual = order.Runs.Select(run => $"{run.Series}: {string.Join(' ', order.Places[run.From..run.To].ToArray())}");
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Columns_FilledInRuns_AreWhatPointsOneByOneMake()
    {
        var random = new Random(4);
        var pool = new ColumnPool(1 << 16);
        for (var round = 0; round < 200; round++)
        {
            var (plain, runs, joined) = (new PointColumns(), new PointColumns(), new PointColumns());
            var id = 1L;
            for (var commit = random.Next(1, 5); commit > 0; commit--)
            {
                var group = new PointGroup();
                var (located, sent, ordered) = (random.Next(3) == 0, random.Next(3) == 0, random.Next(2) == 0);
                for (var i = random.Next(1, 60); i > 0; i--)
                {
                    group.Add(0, ordered ? (id * 1000) + 60 - i : random.Next(100), random.NextDouble(), located && random.Next(2) == 0 ? random.Next(9) : double.NaN, 1, sent ? (ulong)random.Next(3) : 0);
                }

                for (var i = 0; i < group.Count; i++)
                {
                    plain.Add(group.Times[i], id + i, group.Values[i], group.X?[i] ?? double.NaN, group.Y?[i] ?? double.NaN, group.Senders?[i] ?? 0);
                }

                runs.Add(group, Enumerable.Range(0, group.Count).ToArray(), id);
                id += group.Count;
            }

            joined.Add(runs.View);
            Assert.Equal(Text(plain), Text(runs));
            Assert.Equal(Text(plain), Text(joined));
            joined.Sort();
            Assert.Equal(Text(runs.View.ToSorted()), Text(joined));
            var from = random.Next(plain.Count);
            Assert.Equal(Text(plain).Split('\n')[from..^1], Text(runs.Rest(from, pool, 0)!).Split('\n')[..^1]);
            // What comes next uses these again.
            pool.Return(runs);
        }
    }

    [Theory]
    [InlineData(3_000, 10)]
    [InlineData(3_000, 100_000)]
    public void Sort_PointsNearlyOrNotAtAllInOrder_IsAsASortOfTheWhole(int count, int apart)
    {
        var random = new Random(count + apart);
        var columns = new PointColumns();
        for (var i = 0; i < count; i++) columns.Add(i + random.Next(apart), i + 1, random.NextDouble(), double.NaN, double.NaN, 0);
        var expected = Text(columns.View.ToSorted());
        columns.Sort();
        Assert.Equal(expected, Text(columns));
    }

    private static string Text(PointColumns columns) => Text(columns.View);

    private static string Text(PointView view)
    {
        return string.Concat(Enumerable.Range(0, view.Count).Select(i => FormattableString.Invariant(
            $"{view.Times[i]} {view.Ids[i]} {view.Values[i]:R} {(view.X is null ? double.NaN : view.X[i])} {(view.X is null || double.IsNaN(view.X[i]) ? double.NaN : view.Y![i])} {(view.Senders is null ? 0 : view.Senders[i])}\n"))) + view.Sorted;
    }
}
