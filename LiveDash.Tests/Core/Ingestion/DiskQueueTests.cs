using LiveDash.Core.Ingestion.Forwarding;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Ingestion;

public sealed class DiskQueueTests
{
    [Fact]
    public void Queue_OverARestart_GivesTheOldestFirst()
    {
        using var directory = new TempDirectory();
        var queue = new DiskQueue(directory.Path, 1000);
        queue.Add("one"u8, 1);
        queue.Add("two"u8, 2);
        var again = new DiskQueue(directory.Path, 1000);
        Assert.Equal((3, 6, 0), again.Now);
        Assert.Equal("one"u8.ToArray(), again.Peek()!.Value.Body);
        again.Remove(again.Peek()!.Value.Number);
        again.Add("three"u8, 3);
        Assert.Equal("two"u8.ToArray(), again.Peek()!.Value.Body);
        again.Remove(again.Peek()!.Value.Number);
        Assert.Equal("three"u8.ToArray(), again.Peek()!.Value.Body);
        again.Remove(again.Peek()!.Value.Number);
        Assert.Null(again.Peek());
        Assert.Empty(Directory.GetFiles(directory.Path));
    }

    [Fact]
    public void Queue_PastItsBound_DropsTheOldestAndCountsTheirPoints()
    {
        using var directory = new TempDirectory();
        var queue = new DiskQueue(directory.Path, 250);
        for (var i = 0; i < 5; i++) queue.Add(new byte[100], 10);
        Assert.Equal((20, 200, 30), queue.Now);
    }
}
