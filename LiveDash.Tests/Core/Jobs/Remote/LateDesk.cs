using LiveDash.Core.Jobs;
using LiveDash.Core.Jobs.Remote;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;

namespace LiveDash.Tests.Core.Jobs.Remote;

/// <summary>Gives out one job and refuses its image, as where another worker was given it meanwhile.</summary>
internal sealed class LateDesk : IJobDesk
{
    private static readonly TimeRange s_range = new(DateTime.UnixEpoch.Ticks, DateTime.UnixEpoch.Ticks + TimeSpan.TicksPerDay);
    private int _taken;

    /// <summary>Done once the image was refused.</summary>
    public TaskCompletionSource Refused { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What it was told of as failed.</summary>
    public List<string> Failed { get; } = [];

    public string Exchange => "the desk";

    public bool IsAway(Exception exception) => false;

    public string Describe(Exception exception) => exception.Message;

    public Task<JobTicket?> TakeAsync() => Task.FromResult(Interlocked.Increment(ref _taken) == 1 ? new JobTicket("j", 1, Plan(), null, TimeSpan.FromMinutes(1)) : null);

    public Task<bool> ReportAsync(JobTicket ticket, int percent) => Task.FromResult(true);

    public Task<bool> FinishAsync(JobTicket ticket, JobImages images)
    {
        Refused.TrySetResult();
        return Task.FromResult(false);
    }

    public Task FailAsync(JobTicket ticket, string reason, bool isFinal)
    {
        Failed.Add(reason);
        Refused.TrySetResult();
        return Task.CompletedTask;
    }

    public Task ReleaseAsync(JobTicket ticket) => Task.CompletedTask;

    public Task TellAsync(JobWorkerState worker) => Task.CompletedTask;

    public Task LeaveAsync() => Task.CompletedTask;

    private static PlotPlan Plan() => new()
    {
        Spec = new PlotSpec(), Range = s_range, Axis = s_range, Expected = 2, MostPoints = 100, Fingerprint = "fp", Series = [new(0, new SeriesKey("cpu.load"), 0)],
    };
}
