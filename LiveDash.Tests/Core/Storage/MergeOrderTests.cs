using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Tests.Core.Storage;

public class MergeOrderTests
{
    // What may differ in times and ids: together in one word with the place, one of them alone, and neither.
    [Theory]
    [InlineData(0, 20)]
    [InlineData(12, 12)]
    [InlineData(30, 17)]
    [InlineData(40, 40)]
    [InlineData(3, 62)]
    [InlineData(62, 3)]
    [InlineData(62, 62)]
    public void Sort_AnyWidths_EqualsAPlainOrder(int timeBits, int idBits)
    {
        var random = new Random((timeBits * 64) + idBits);
        using var order = new MergeOrder();
        foreach (var count in (int[])[1, 2, 3, 47, 48, 49, 300, 5_000, 20_000, 17])
        {
            var points = Enumerable.Range(0, count).Select(_ => (Time: random.NextInt64(1L << timeBits) - (1L << (timeBits - 1)), Id: random.NextInt64(1L << idBits))).Distinct().ToArray();
            foreach (var descending in (bool[])[false, true])
            {
                order.Sort([.. points.Select(static point => point.Time)], [.. points.Select(static point => point.Id)], descending);
                var sorted = order.Places.ToArray().Select(place => points[place]);

                Assert.Equal(descending ? points.OrderDescending() : points.Order(), sorted);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sort_TheLeastAndTheGreatestOfAll_EqualsAPlainOrder(bool descending)
    {
        var random = new Random(5);
        long[] ends = [long.MinValue, -1, 0, 1, long.MaxValue];
        (long Time, long Id)[] points = [.. from time in ends from id in ends.Concat(Enumerable.Range(2, 20).Select(static id => (long)id)) select (time, id)];
        random.Shuffle(points);
        using var order = new MergeOrder();

        order.Sort([.. points.Select(static point => point.Time)], [.. points.Select(static point => point.Id)], descending);

        Assert.Equal(descending ? points.OrderDescending() : points.Order(), order.Places.ToArray().Select(place => points[place]));
    }
}
