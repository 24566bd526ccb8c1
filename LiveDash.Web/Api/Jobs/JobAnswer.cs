using System.Text.Json.Nodes;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Jobs;
using LiveDash.Core.Plots;
using Microsoft.Net.Http.Headers;

namespace LiveDash.Web.Api.Jobs;

/// <summary>What the routes of plot jobs have in common: a job as JSON, its image as an answer, and who asks.</summary>
internal static class JobAnswer
{
    /// <summary>The job as JSON; its request's fields stand beside its state.</summary>
    /// <param name="job">The job.</param>
    /// <param name="basePath">What stands before its image's address.</param>
    internal static JsonObject ToJson(Job job, PathString basePath)
    {
        var json = new JsonObject
        {
            ["id"] = job.Id,
            ["status"] = JobNames.Of(job.Status),
            ["progress"] = job.Progress,
            ["error"] = job.Error,
        };
        foreach (var (name, value) in JobRequestWriter.ToJson(job.Request)) json[name] = value?.DeepClone();
        json["width"] = job.Request.Plot.Width;
        json["height"] = job.Request.Plot.Height;
        json["format"] = JobNames.Of(job.Request.Plot.Format);
        json["from"] = TimeText.Format(job.Range.From);
        json["to"] = TimeText.Format(job.Range.To);
        json["submittedAt"] = TimeText.Format(job.SubmittedAt);
        json["startedAt"] = job.StartedAt is { } started ? TimeText.Format(started) : null;
        json["finishedAt"] = job.FinishedAt is { } finished ? TimeText.Format(finished) : null;
        json["attempts"] = job.Attempts;
        json["worker"] = job.Worker;
        json["points"] = job.Points;
        json["bytes"] = job.ImageBytes;
        json["schedule"] = job.Schedule;
        json["image"] = job.Status == JobStatus.Done ? $"{basePath}/api/jobs/{job.Id}/image" : null;
        return json;
    }

    /// <summary>The image with ETag and ranges, or why there is none: 409 with the status while it is not ready and after it failed.</summary>
    internal static async Task<IResult> ImageAsync(HttpContext context, JobBook book, Job job, PlotFormat? wanted, bool attachment)
    {
        if (job.Status != JobStatus.Done) return NotReady(context, job);
        if ((wanted ?? Negotiate(context.Request, job)) is not { } format)
        {
            return ApiProblem.Result(StatusCodes.Status406NotAcceptable, "not_acceptable", "The image can be had as image/png, image/svg+xml or application/pdf.");
        }

        var bytes = await book.GetImageAsync(job, format, context.RequestAborted).ConfigureAwait(false);
        if (bytes is null) return Missing(job.Id);
        context.Response.Headers.Vary = "Accept";
        context.Response.Headers.CacheControl = "private, no-cache";
        var tag = new EntityTagHeaderValue($"\"{job.Image}-{JobNames.Of(format)}\"");
        var name = attachment ? $"{job.Id}.{JobNames.Of(format)}" : null;
        return Results.File(bytes, PlotRenderer.MediaType(format), name, enableRangeProcessing: true, lastModified: null, entityTag: tag);
    }

    /// <summary>404 for an id that names no job.</summary>
    internal static IResult Missing(string id) => ApiProblem.Result(StatusCodes.Status404NotFound, "not_found", $"There is no job {id}. GET /api/jobs lists all.");

    /// <summary>Who asks: the signed-in user, else the address the request comes from.</summary>
    internal static string Owner(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name } ? name : context.Connection.RemoteIpAddress?.ToString() ?? "local";

    /// <summary>Submits a request and turns its refusals into answers.</summary>
    internal static async Task<IResult> SubmitAsync(HttpContext context, JobService jobs, JobRequest request, Func<Job, IResult> answer)
    {
        try
        {
            return answer(await jobs.SubmitAsync(request, Owner(context), null, context.RequestAborted).ConfigureAwait(false));
        }
        catch (JobRequestException exception)
        {
            return JobBody.Refuse(exception.Faults);
        }
        catch (JobQueueFullException exception)
        {
            context.Response.Headers.RetryAfter = "5";
            return ApiProblem.Result(StatusCodes.Status429TooManyRequests, "queue_full", exception.Message);
        }
    }

    private static IResult NotReady(HttpContext context, Job job)
    {
        if (!job.IsFinished) context.Response.Headers.RetryAfter = "1";
        var detail = job.Status switch
        {
            JobStatus.Submitted => "The job waits for a worker.",
            JobStatus.Running => $"The job is {job.Progress} % made.",
            JobStatus.Cancelled => "The job was cancelled.",
            _ => job.Error ?? "The job failed.",
        };
        return ApiProblem.Result(
            StatusCodes.Status409Conflict, "not_ready", detail, ("jobStatus", JobNames.Of(job.Status)), ("progress", job.Progress), ("id", job.Id));
    }

    // By Accept; the job's own format where several are as welcome, PNG before SVG otherwise.
    private static PlotFormat? Negotiate(HttpRequest request, Job job)
    {
        var own = job.Request.Plot.Format;
        var accept = request.GetTypedHeaders().Accept;
        if (accept.Count == 0) return own;
        PlotFormat[] offers = [own, .. Enum.GetValues<PlotFormat>().Where(format => format != own)];
        PlotFormat? best = null;
        double bestQuality = 0;
        foreach (var offer in offers)
        {
            var type = new MediaTypeHeaderValue(PlotRenderer.MediaType(offer));
            // The most specific range decides a type's quality (RFC 9110, 12.5.1).
            var range = accept.Where(type.IsSubsetOf).MaxBy(static a => a.MatchesAllTypes ? 0 : a.MatchesAllSubTypes ? 1 : 2);
            var quality = range is null ? 0 : range.Quality ?? 1;
            if (quality <= bestQuality) continue;
            best = offer;
            bestQuality = quality;
        }

        return best;
    }
}
