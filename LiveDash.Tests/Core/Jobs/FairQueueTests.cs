using LiveDash.Core.Jobs;

namespace LiveDash.Tests.Core.Jobs;

public class FairQueueTests
{
    [Fact]
    public void TryDequeue_FloodOfOneUser_OthersTakeTurns()
    {
        var queue = new FairQueue();
        for (var i = 0; i < 1000; i++) queue.Enqueue($"a{i}", "alice", JobPriority.Normal);
        queue.Enqueue("b0", "bob", JobPriority.Normal);
        queue.Enqueue("b1", "bob", JobPriority.Normal);
        queue.Enqueue("c0", "carol", JobPriority.Normal);

        Assert.Equal(["a0", "b0", "c0", "a1", "b1", "a2", "a3"], Take(queue, 7));
    }

    [Fact]
    public void TryDequeue_Priorities_HighFirstLowLast()
    {
        var queue = new FairQueue();
        queue.Enqueue("low", "a", JobPriority.Low);
        queue.Enqueue("normal", "a", JobPriority.Normal);
        queue.Enqueue("high", "b", JobPriority.High);

        Assert.Equal(["high", "normal", "low"], Take(queue, 3));
        Assert.False(queue.TryDequeue(out _));
    }

    [Fact]
    public void Remove_WaitingJob_NeverComesOut()
    {
        var queue = new FairQueue();
        queue.Enqueue("1", "a", JobPriority.Normal);
        queue.Enqueue("2", "b", JobPriority.Normal);

        Assert.True(queue.Remove("1"));
        Assert.False(queue.Remove("1"));
        queue.Enqueue("3", "a", JobPriority.Normal);

        Assert.Equal(2, queue.Count);
        Assert.Equal(1, queue.CountOf("a"));
        Assert.Equal(["3", "2"], Take(queue, 2));
        Assert.Equal(0, queue.CountOf("a"));
    }

    [Fact]
    public void Operations_Random_AgreeWithPlainModel()
    {
        var random = new Random(7);
        for (var round = 0; round < 50; round++)
        {
            var queue = new FairQueue();
            var waiting = new Dictionary<string, (string Owner, JobPriority Priority, int Order)>();
            for (var step = 0; step < 300; step++)
            {
                var act = random.Next(5);
                if (act < 3)
                {
                    var (owner, priority) = ($"u{random.Next(4)}", (JobPriority)random.Next(3));
                    queue.Enqueue($"j{step}", owner, priority);
                    waiting.Add($"j{step}", (owner, priority, step));
                }
                else if (act == 3 && waiting.Count > 0)
                {
                    var id = waiting.Keys.ElementAt(random.Next(waiting.Count));
                    Assert.True(queue.Remove(id));
                    waiting.Remove(id);
                }
                else if (queue.TryDequeue(out var id))
                {
                    // Of the highest waiting priority, and the owner's first.
                    var job = waiting[id];
                    Assert.Equal(waiting.Values.Min(w => w.Priority), job.Priority);
                    Assert.Equal(waiting.Values.Where(w => w.Owner == job.Owner && w.Priority == job.Priority).Min(w => w.Order), job.Order);
                    waiting.Remove(id);
                }
                else
                {
                    Assert.Empty(waiting);
                }

                Assert.Equal(waiting.Count, queue.Count);
            }
        }
    }

    private static List<string> Take(FairQueue queue, int count)
    {
        var taken = new List<string>();
        while (taken.Count < count && queue.TryDequeue(out var id)) taken.Add(id);
        return taken;
    }
}
