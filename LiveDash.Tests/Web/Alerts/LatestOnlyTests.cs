using LiveDash.Tests.Shared;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.Alerts;

public sealed class LatestOnlyTests
{
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task Ask_SeveralWithinTheRest_RunsTheNewestOnce()
    {
        var time = new ManualTime();
        var ran = new List<int>();
        await using var latest = new LatestOnly(time, s_rest);
        for (var i = 1; i <= 3; i++)
        {
            var number = i;
            latest.Ask(_ =>
            {
                lock (ran) ran.Add(number);
                return Task.CompletedTask;
            });
            time.Advance(s_rest / 2);
        }

        Assert.Empty(ran);
        time.Advance(s_rest / 2);
        await Wait.UntilAsync(() => { lock (ran) return ran.Count > 0; }, "the work ran");
        Assert.Equal([3], ran);
    }

    [Fact]
    public async Task Ask_WhileOneRuns_CancelsIt()
    {
        var time = new ManualTime();
        var begun = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using var latest = new LatestOnly(time, s_rest);
        latest.Ask(async superseded =>
        {
            superseded.Register(cancelled.SetResult);
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, superseded);
        });
        time.Advance(s_rest);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));

        latest.Ask(static _ => Task.CompletedTask);

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
