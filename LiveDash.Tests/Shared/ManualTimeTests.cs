namespace LiveDash.Tests.Shared;

public sealed class ManualTimeTests
{
    [Fact]
    public void Advance_TwoTimers_FiresInOrderAtTheirTimes()
    {
        var time = new ManualTime();
        var start = time.GetUtcNow();
        var fired = new List<(string, double)>();
        using var every2 = time.CreateTimer(_ => fired.Add(("every2", (time.GetUtcNow() - start).TotalSeconds)), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        using var once3 = time.CreateTimer(_ => fired.Add(("once3", (time.GetUtcNow() - start).TotalSeconds)), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal([("every2", 2d), ("once3", 3d), ("every2", 4d)], fired);
        Assert.Equal(start.AddSeconds(5), time.GetUtcNow());
    }
}
