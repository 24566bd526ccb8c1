using System.Globalization;
using LiveDash.Core.Jobs;
using LiveDash.Core.Jobs.Remote;
using LiveDash.Core.Plots;
using LiveDash.Tests.Shared;

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
    public async Task Start_MachineOfSeveralProcessors_LeavesTheFirstToTheRequests()
    {
        if (!OperatingSystem.IsLinux()) return;
        var found = new TaskCompletionSource<List<int>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var mine = ProcessorsOfThisThread();

        WorkerThread.Start("a worker", () => found.SetResult(ProcessorsOfThisThread())).Join();

        Assert.Equal(mine, ProcessorsOfThisThread());
        Assert.Equal(mine.Count == 1 ? mine : mine[1..], await found.Task.WaitAsync(s_patience));
    }

    [Fact]
    public async Task Start_ProcessWithoutRequests_UsesAllThatTheProcessMay()
    {
        if (!OperatingSystem.IsLinux()) return;
        var found = new TaskCompletionSource<List<int>>(TaskCreationOptions.RunContinuationsAsynchronously);

        WorkerThread.Start("a worker", () => found.SetResult(ProcessorsOfThisThread()), leaveFirst: false).Join();

        Assert.Equal(ProcessorsOfThisThread(), await found.Task.WaitAsync(s_patience));
    }

    [Fact]
    public async Task RunAsync_DrawingOfAWorkerOfItsOwn_UsesAllThatTheProcessMay()
    {
        if (!OperatingSystem.IsLinux()) return;
        var found = new TaskCompletionSource<List<int>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var drawing = new PatientDrawing(_ =>
        {
            found.SetResult(ProcessorsOfThisThread());
            return Drawn([]);
        }, new ManualTime());

        await drawing.RunAsync("plot", default).WaitAsync(s_patience);

        Assert.Equal(ProcessorsOfThisThread(), await found.Task.WaitAsync(s_patience));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000", true)]
    [InlineData("http://[::1]:5000/live/", true)]
    [InlineData("http://localhost:5000", true)]
    [InlineData("http://192.0.2.17:5000", false)]
    [InlineData("http://main:5000", false)]
    public void IsHere_AddressOfAServer_SaysWhetherItIsThisMachine(string server, bool here) => Assert.Equal(here, RemoteWorkers.IsHere(new Uri(server)));

    [Fact]
    public async Task RunAsync_DrawingOfAWorkerOfItsOwn_HasTheLeastPriorityAndIsBegunOnce()
    {
        var begun = new List<int>();
        var drawing = new PatientDrawing(_ => Drawn(begun), new ManualTime());

        var images = await drawing.RunAsync("plot", default).WaitAsync(s_patience);

        Assert.Equal("drawn", images.Fingerprint);
        Assert.Equal(OperatingSystem.IsLinux() ? 19 : 0, Assert.Single(begun));
    }

    [Fact]
    public async Task RunAsync_DrawingThatHardlyGetsOn_IsBegunOnceMoreWithItsShareAndTheFirstIsEnded()
    {
        var clock = new ManualTime();
        var begun = new List<int>();
        var (hangs, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        var drawing = new PatientDrawing(token => hangs.TrySetResult() ? Hang(token, ended) : Drawn(begun), clock);

        var running = drawing.RunAsync("plot", default);
        await hangs.Task.WaitAsync(s_patience);
        Assert.False(running.IsCompleted);
        clock.Advance(PatientDrawing.Patience);

        Assert.Equal("drawn", (await running.WaitAsync(s_patience)).Fingerprint);
        Assert.Equal(OperatingSystem.IsLinux() ? 10 : 0, Assert.Single(begun));
        await ended.Task.WaitAsync(s_patience);
    }

    [Fact]
    public async Task RunAsync_DrawingIsCancelled_EndsAndIsNotBegunAgain()
    {
        var (hangs, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var cancel = new CancellationTokenSource();
        var drawing = new PatientDrawing(token => hangs.TrySetResult() ? Hang(token, ended) : throw new InvalidOperationException("It was begun again."), new ManualTime());
        var running = drawing.RunAsync("plot", cancel.Token);
        await hangs.Task.WaitAsync(s_patience);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(s_patience));
        await ended.Task.WaitAsync(s_patience);
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

    private static JobImages Drawn(List<int> begun)
    {
        begun.Add(NicenessOfThisThread());
        return new JobImages("drawn", new Dictionary<PlotFormat, byte[]>(), 0, 0);
    }

    private static JobImages Hang(CancellationToken token, TaskCompletionSource ended)
    {
        token.WaitHandle.WaitOne();
        ended.SetResult();
        throw new OperationCanceledException(token);
    }

    // "Cpus_allowed_list: 0-3,8" (proc(5)).
    private static List<int> ProcessorsOfThisThread() =>
    [
        .. File.ReadLines("/proc/thread-self/status").Single(static line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split('\t')[1].Split(',')
            .Select(static range => range.Split('-').Select(static text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray())
            .SelectMany(static ends => Enumerable.Range(ends[0], ends[^1] - ends[0] + 1)),
    ];

    // The nineteenth field of /proc/thread-self/stat (proc(5)); the name before it stands in brackets and may hold blanks.
    private static int NicenessOfThisThread()
    {
        if (!OperatingSystem.IsLinux()) return 0;
        var stat = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
    }
}
