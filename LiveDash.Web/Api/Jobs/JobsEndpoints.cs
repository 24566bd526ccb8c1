using System.Text.Json.Nodes;
using LiveDash.Core.Jobs;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Web.Api.Bodies;

namespace LiveDash.Web.Api.Jobs;

/// <summary><c>/api/jobs</c>: submit, list, look up, download and delete plot jobs.</summary>
public static class JobsEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapJobs(this IEndpointRouteBuilder app)
    {
        var jobs = app.MapGroup("/api/jobs").WithTags("Plot jobs");
        jobs.MapPost("", SubmitAsync)
            .AcceptsJson<JsonObject>()
            .Produces<JsonObject>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(429)
            .WithSummary("Submits a plot; only start and end are needed").DisableAntiforgery();
        jobs.MapGet("", List).Produces<JsonArray>().WithSummary("Every job, the newest first");
        jobs.MapGet("/{id}", Find).Produces<JsonObject>().ProducesProblem(404).WithSummary("One job");
        jobs.MapMethods("/{id}/image", ["GET", "HEAD"], ImageAsync)
            .Produces(200, contentType: "image/png").ProducesProblem(404).ProducesProblem(409)
            .WithSummary("The image: PNG, or SVG or PDF by Accept or format=; download=true for an attachment; 409 while it is not ready");
        jobs.MapDelete("/{id}", DeleteAsync).Produces(204).ProducesProblem(404)
            .WithSummary("Cancels a job that is not finished, removes one that is").DisableAntiforgery();
    }

    private static async Task<IResult> SubmitAsync(HttpContext context, JobService jobs, Limits limits)
    {
        var (request, refusal) = await JobBody.ReadAsync(context, limits).ConfigureAwait(false);
        if (refusal is not null) return refusal;
        return await JobAnswer.SubmitAsync(context, jobs, request!, job => Results.Created($"/api/jobs/{job.Id}", JobAnswer.ToJson(job, context.Request.PathBase))).ConfigureAwait(false);
    }

    private static IResult List(HttpRequest request, JobBook book, string? status = null)
    {
        if (status is null) return Results.Ok(book.List().Select(job => JobAnswer.ToJson(job, request.PathBase)));
        if (!JobNames.TryName<JobStatus>(status, out var wanted)) return ApiProblem.BadParameter("status", $"'{status}' is none of {JobNames.All<JobStatus>()}.");
        return Results.Ok(book.List().Where(j => j.Status == wanted).Select(job => JobAnswer.ToJson(job, request.PathBase)));
    }

    private static IResult Find(HttpRequest request, JobBook book, string id) => book.Find(id) is { } job ? Results.Ok(JobAnswer.ToJson(job, request.PathBase)) : JobAnswer.Missing(id);

    // The parameters are for links, which cannot set a header.
    private static async Task<IResult> ImageAsync(HttpContext context, JobBook book, string id, string? format = null, bool download = false)
    {
        if (book.Find(id) is not { } job) return JobAnswer.Missing(id);
        if (format is null) return await JobAnswer.ImageAsync(context, book, job, null, download).ConfigureAwait(false);
        return JobNames.TryName<PlotFormat>(format, out var wanted)
            ? await JobAnswer.ImageAsync(context, book, job, wanted, download).ConfigureAwait(false)
            : ApiProblem.BadParameter("format", $"'{format}' is none of {JobNames.All<PlotFormat>()}.");
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, JobBook book, string id) =>
        await book.DeleteAsync(id, context.RequestAborted).ConfigureAwait(false) ? Results.NoContent() : JobAnswer.Missing(id);
}
