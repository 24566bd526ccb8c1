using LiveDash.Core.Model;
using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Tests.Core.Storage;

/// <summary>Columns of sealed points are used again, and never while somebody reads them.</summary>
public sealed class ColumnPoolTests
{
    [Theory]
    [InlineData(1, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 20)]
    [InlineData(262, 320)]
    [InlineData(1_000, 1_024)]
    [InlineData(1_024, 1_024)]
    public void Rent_SomePoints_HasRoomForUpToAQuarterMore(int points, int capacity)
    {
        var pool = new ColumnPool(1 << 16);
        var columns = pool.Rent(points);
        Assert.Equal(capacity, columns.Capacity);
        columns.Add(1, 2, 3, 4, 5, 6);
        pool.Return(columns);
        Assert.Equal(capacity, pool.Kept);
        Assert.Same(columns, pool.Rent(points));
        Assert.Equal((0, 0), (columns.Count, pool.Kept));
        Assert.NotSame(columns, pool.Rent(points));
    }

    [Fact]
    public void Return_MoreThanItKeeps_BeginsAnew()
    {
        var pool = new ColumnPool(64);
        var columns = Enumerable.Range(0, 5).Select(_ => pool.Rent(16)).ToList();
        foreach (var one in columns) pool.Return(one);
        Assert.Equal(16, pool.Kept);
        pool.Return(pool.Rent(128));
        Assert.Equal(16, pool.Kept);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Replace_OfAHead_UsesItsColumnsAgainUnlessAScanIsOpen(bool isRead)
    {
        var index = new StoreIndex();
        Append(index, 1, 100);
        var view = index.Snapshot([0], out _)[0].Head!.Value;
        using var reading = isRead ? index.BeginScan() : null;
        Seal(index);
        Append(index, 1_000, 100);
        var next = index.Snapshot([0], out _)[0].Head!.Value;
        Assert.Equal(!isRead, ReferenceEquals(view.Times, next.Times));
        if (isRead) Assert.Equal(Enumerable.Range(1, 100).Select(static i => (long)i), view.Times.Take(100));
        Assert.Equal(Enumerable.Range(1_000, 100).Select(static i => (long)i), next.Times.Take(100));
    }

    [Fact]
    public void Replace_AfterAScanEnded_UsesColumnsAgain()
    {
        var index = new StoreIndex();
        var reading = index.BeginScan();
        reading.Dispose();
        reading.Dispose();
        Append(index, 1, 100);
        var view = index.Snapshot([0], out _)[0].Head!.Value;
        Seal(index);
        Append(index, 1_000, 100);
        Assert.Same(view.Times, index.Snapshot([0], out _)[0].Head!.Value.Times);
    }

    private static void Append(StoreIndex index, int from, int count)
    {
        var batch = PointBatch.Rent(count);
        for (var i = 0; i < count; i++) batch.Add(0, from + i, i);
        var group = new PointGroup();
        group.Add(batch);
        index.Append(group, index.LastId + 1);
        batch.Release();
    }

    private static void Seal(StoreIndex index) =>
        index.Replace([new SealedSeries(0, 100, [], [new BlockHeader(1, 100, 1, 1, 100, 100, false, null)])]);
}
