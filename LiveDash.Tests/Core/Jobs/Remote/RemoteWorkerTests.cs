using LiveDash.Core.Jobs.Remote;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Tests.Core.Jobs.Remote;

/// <summary>What a worker counts, without an exchange.</summary>
public sealed class RemoteWorkerTests
{
    [Fact]
    public async Task RunAsync_ImageIsRefusedAsTooLate_CountsNeitherAsDoneNorAsFailed()
    {
        var desk = new LateDesk();
        using var points = new TwoPoints();
        using var stop = new CancellationTokenSource();
        var worker = new RemoteWorker(desk, points, "w", TimeProvider.System, NullLogger.Instance);

        var running = worker.RunAsync(stop.Token);
        await desk.Refused.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Empty(desk.Failed);
        Assert.Equal((0L, 0L, (string?)null), (worker.State.Done, worker.State.Failed, worker.State.Job));
    }
}
