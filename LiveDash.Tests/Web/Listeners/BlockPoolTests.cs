using System.Buffers;
using LiveDash.Tests.Shared;
using LiveDash.Web.Listeners;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Listeners;

public sealed class BlockPoolTests
{
    [Fact]
    public void Rent_OfBlocksGivenBack_UsesThemAgain()
    {
        using var pool = new BlockPool();
        var first = pool.Rent();
        Assert.Equal(BlockPool.BlockBytes, first.Memory.Length);
        first.Dispose();
        Assert.Equal(1, pool.Kept);
        Assert.Same(first, pool.Rent(BlockPool.BlockBytes));
        Assert.NotSame(first, pool.Rent(1));
    }

    [Fact]
    public void Dispose_OfMoreBlocksThanAreKept_LeavesThemToTheCollector()
    {
        using var pool = new BlockPool();
        var blocks = Enumerable.Range(0, 1_000).Select(_ => pool.Rent()).ToArray();
        foreach (var block in blocks) block.Dispose();
        Assert.Equal(128, pool.Kept);
    }

    [Fact]
    public void Rent_MoreThanABlock_IsRefused()
    {
        using var pool = new BlockPool();
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(BlockPool.BlockBytes + 1));
    }

    [Fact]
    public async Task App_OfTheProgram_ReceivesIntoThem()
    {
        await using var app = await LiveApp.StartAsync();
        Assert.IsType<BlockPool>(app.Services.GetRequiredService<IMemoryPoolFactory<byte>>().Create(null));
    }
}
