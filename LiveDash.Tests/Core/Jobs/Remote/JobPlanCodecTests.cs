using LiveDash.Core.Jobs;
using LiveDash.Core.Jobs.Remote;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;

namespace LiveDash.Tests.Core.Jobs.Remote;

/// <summary>A plan that is written for a worker is read as it was.</summary>
public sealed class JobPlanCodecTests
{
    private static readonly TimeRange s_range = new(DateTime.UnixEpoch.Ticks, DateTime.UnixEpoch.Ticks + TimeSpan.TicksPerDay);

    [Fact]
    public void Plan_WrittenAndRead_IsTheSame()
    {
        var job = Job("j1") with { Request = new JobRequest { Start = "2001", End = "2021", Deadline = TimeSpan.FromMinutes(5), Plot = new PlotSpec { Kind = PlotKind.Histogram, Width = 300, Title = "a \"b\"" } } };

        var ticket = JobPlanCodec.Read("j1", 4, JobPlanCodec.Write(job, Plan(job), TimeSpan.FromSeconds(90)));

        Assert.Equal((4, "fp", TimeSpan.FromSeconds(90), job.DeadlineAt), (ticket.Attempt, ticket.Plan.Fingerprint, ticket.MaxRunTime, ticket.DeadlineAt));
        Assert.Equal(job.Request.Plot, ticket.Plan.Spec);
        Assert.Equal(["cpu.load{host=a}", "cpu.load{host=b}"], ticket.Plan.Series.Select(static s => s.Key.ToString()));
        Assert.Equal([4, 2], ticket.Plan.Series.Select(static s => s.Color));
        Assert.Equal((s_range, s_range), (ticket.Plan.Range, ticket.Plan.Axis));
    }

    private static Job Job(string id) => new() { Id = id, Owner = "me", Request = new JobRequest { Start = "2001", End = "2021" }, Range = s_range, SubmittedAt = 1 };

    private static PlotPlan Plan(Job job) => new()
    {
        Spec = job.Request.Plot, Range = s_range, Axis = s_range, Expected = 10, MostPoints = 100, Fingerprint = "fp",
        Series = [new(0, new SeriesKey("cpu.load", [new("host", "a")]), 4), new(1, new SeriesKey("cpu.load", [new("host", "b")]), 2)],
    };
}
