using System.Text.Json.Nodes;
using LiveDash.Core.Jobs;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Web.Api.Bodies;

namespace LiveDash.Web.Api.Jobs;

/// <summary>The short forms for <c>curl</c>: <c>/submit</c>, <c>/jobs</c> and <c>/download</c>.</summary>
public static class JobShortFormsEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapJobShortForms(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("").WithTags("Plot jobs, short forms");
        group.MapPost("/submit", SubmitAsync)
            .AcceptsJson<JsonObject>()
            .Produces<string>(200, "text/plain").ProducesProblem(400).ProducesProblem(429)
            .WithSummary("Submits a plot of start to end").DisableAntiforgery();
        group.MapGet("/jobs", static (JobBook book) => book.List().Select(static j => j.Id)).WithSummary("The ids of all jobs, the newest first");
        group.MapGet("/jobs/{id}", Find).Produces<JsonObject>().ProducesProblem(404).WithSummary("One job's status");
        group.MapMethods("/download/{id}", ["GET", "HEAD"], DownloadAsync)
            .Produces(200, contentType: "image/png").ProducesProblem(404).ProducesProblem(409).WithSummary("The PNG as an attachment");
    }

    private static async Task<IResult> SubmitAsync(HttpContext context, JobService jobs, Limits limits)
    {
        var (request, refusal) = await JobBody.ReadAsync(context, limits).ConfigureAwait(false);
        if (refusal is not null) return refusal;
        return await JobAnswer.SubmitAsync(context, jobs, request!, static job => Results.Text($"Job {job.Id} successfully submitted")).ConfigureAwait(false);
    }

    private static IResult Find(JobBook book, string id)
    {
        if (book.Find(id) is not { } job) return JobAnswer.Missing(id);
        return Results.Ok(new JsonObject
        {
            ["jobID"] = job.Id,
            ["status"] = JobNames.Of(job.Status),
            ["start"] = job.Request.Start,
            ["end"] = job.Request.End,
        });
    }

    private static Task<IResult> DownloadAsync(HttpContext context, JobBook book, string id) =>
        book.Find(id) is { } job ? JobAnswer.ImageAsync(context, book, job, PlotFormat.Png, attachment: true) : Task.FromResult(JobAnswer.Missing(id));
}
