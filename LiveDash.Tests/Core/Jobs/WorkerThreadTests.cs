using System.Globalization;
using LiveDash.Core.Jobs;

namespace LiveDash.Tests.Core.Jobs;

/// <summary>What draws, and what reads for it, gives way by the system's own account.</summary>
public sealed class WorkerThreadTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Start_OnLinux_TakesAShortSliceAtANiceness()
    {
        if (!OperatingSystem.IsLinux()) return;
        var found = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var mine = NicenessOfThisThread();
        var thread = WorkerThread.Start("a worker", () => found.SetResult(NicenessOfThisThread()));
        thread.Join();

        Assert.Equal(mine, NicenessOfThisThread());
        Assert.Equal(10, await found.Task.WaitAsync(s_patience));
    }

    [Fact]
    public async Task RunAsync_StepsThatAwait_StayOnTheOneThreadInOrder()
    {
        using var scheduler = new WorkerScheduler();
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var threads = new List<(string?, int)>();

        var steps = Enumerable.Range(0, 4).Select(i => scheduler.RunAsync(() => StepAsync(i), default)).ToList();
        go.SetResult();

        var order = await Task.WhenAll(steps).WaitAsync(s_patience);

        Assert.Equal([0, 1, 2, 3], order);
        Assert.Equal(8, threads.Count);
        Assert.Equal(("points for plots", OperatingSystem.IsLinux() ? 10 : 0), Assert.Single(threads.Distinct()));

        async Task<int> StepAsync(int i)
        {
            threads.Add((Thread.CurrentThread.Name, NicenessOfThisThread()));
            await go.Task;
            threads.Add((Thread.CurrentThread.Name, NicenessOfThisThread()));
            return i;
        }
    }

    [Fact]
    public async Task RunAsync_StepThrows_OnlyWhoAwaitsItHears()
    {
        using var scheduler = new WorkerScheduler();

        await Assert.ThrowsAsync<InvalidDataException>(() => scheduler.RunAsync<int>(static () => throw new InvalidDataException(), default));
        Assert.Equal(7, await scheduler.RunAsync(static () => Task.FromResult(7), default).WaitAsync(s_patience));
    }

    // The nineteenth field of /proc/thread-self/stat (proc(5)); the name before it stands in brackets and may hold blanks.
    private static int NicenessOfThisThread()
    {
        if (!OperatingSystem.IsLinux()) return 0;
        var stat = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
    }
}
