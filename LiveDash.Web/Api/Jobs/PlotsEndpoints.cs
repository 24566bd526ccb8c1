using System.Text.Json.Nodes;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Jobs.Schedules;
using LiveDash.Core.Model;
using LiveDash.Web.Api.Bodies;
using Microsoft.Net.Http.Headers;

namespace LiveDash.Web.Api.Jobs;

/// <summary><c>/api/plots</c>: scheduled plots, each under a name.</summary>
public static class PlotsEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapPlots(this IEndpointRouteBuilder app)
    {
        var plots = app.MapGroup("/api/plots").WithTags("Scheduled plots");
        plots.MapGet("", static (HttpRequest request, PlotBook book) => book.All.Select(plot => ToJson(plot, request.PathBase))).Produces<JsonArray>().WithSummary("Every scheduled plot, by name");
        plots.MapGet("/{name}", Find).Produces<JsonObject>().ProducesProblem(404).WithSummary("One scheduled plot");
        plots.MapPut("/{name}", PutAsync)
            .AcceptsJson<JsonObject>()
            .Produces<JsonObject>().Produces<JsonObject>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(409)
            .WithSummary("Keeps a plot: the fields of a job, with schedule beside them").DisableAntiforgery();
        plots.MapDelete("/{name}", DeleteAsync).Produces(204).ProducesProblem(404).WithSummary("Removes a scheduled plot and its image").DisableAntiforgery();
        plots.MapPost("/{name}/run", RunAsync).Produces<JsonObject>(StatusCodes.Status202Accepted).ProducesProblem(404)
            .WithSummary("Draws a scheduled plot now").DisableAntiforgery();
        plots.MapMethods("/{name}/latest.png", ["GET", "HEAD"], ImageAsync)
            .Produces(200, contentType: "image/png").Produces(304).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("The newest image; 409 before the first");
    }

    private static JsonObject ToJson(PlotState plot, PathString basePath)
    {
        var json = new JsonObject { ["name"] = plot.Definition.Name };
        foreach (var (name, value) in PlotDefinitionJson.Write(plot.Definition)) json[name] = value?.DeepClone();
        json["paused"] = plot.Definition.Paused;
        json["nextAt"] = plot.NextAt is { } next ? TimeText.Format(next) : null;
        json["madeAt"] = plot.Image is { } made ? TimeText.Format(made.MadeAt) : null;
        json["bytes"] = plot.Image?.Length;
        json["job"] = plot.PendingJob;
        json["error"] = plot.Error;
        json["image"] = $"{basePath}/api/plots/{plot.Definition.Name}/latest.png";
        return json;
    }

    private static IResult Find(HttpRequest request, PlotBook book, string name) => book.Find(name) is { } plot ? Results.Ok(ToJson(plot, request.PathBase)) : Missing(name);

    private static async Task<IResult> PutAsync(HttpContext context, PlotBook book, Limits limits, string name)
    {
        var (document, refusal) = await JobBody.ReadJsonAsync(context, limits).ConfigureAwait(false);
        if (document is null) return refusal!;
        using (document)
        {
            var faults = PlotDefinitionJson.Read(name, document.RootElement, limits, out var definition);
            if (faults.Count > 0) return JobBody.Refuse(faults);
            try
            {
                var (plot, created) = await book.PutAsync(definition!, context.RequestAborted).ConfigureAwait(false);
                return created ? Results.Created($"/api/plots/{name}", ToJson(plot, context.Request.PathBase)) : Results.Ok(ToJson(plot, context.Request.PathBase));
            }
            catch (PlotLimitException exception)
            {
                return ApiProblem.Result(StatusCodes.Status409Conflict, "too_many_plots", exception.Message);
            }
        }
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, PlotBook book, string name) =>
        await book.DeleteAsync(name, context.RequestAborted).ConfigureAwait(false) ? Results.NoContent() : Missing(name);

    private static async Task<IResult> RunAsync(HttpContext context, PlotBook book, string name) =>
        await book.RunAsync(name, context.RequestAborted).ConfigureAwait(false) && book.Find(name) is { } plot
            ? Results.Accepted($"/api/plots/{name}", ToJson(plot, context.Request.PathBase))
            : Missing(name);

    private static async Task<IResult> ImageAsync(HttpContext context, PlotBook book, string name)
    {
        if (book.Find(name) is not { } plot) return Missing(name);
        if (plot.Image is not { } image || await book.GetImageAsync(plot, context.RequestAborted).ConfigureAwait(false) is not { } bytes)
        {
            context.Response.Headers.RetryAfter = "1";
            return ApiProblem.Result(StatusCodes.Status409Conflict, "not_ready", plot.Error ?? "It is being drawn for the first time.", ("name", name));
        }

        context.Response.Headers.CacheControl = "private, no-cache";
        return Results.File(
            bytes, "image/png", fileDownloadName: null, enableRangeProcessing: true,
            lastModified: new DateTimeOffset(image.MadeAt - (image.MadeAt % TimeSpan.TicksPerSecond), TimeSpan.Zero), entityTag: new EntityTagHeaderValue($"\"{image.Tag}\""));
    }

    private static IResult Missing(string name) =>
        ApiProblem.Result(StatusCodes.Status404NotFound, "not_found", $"There is no scheduled plot {name}. GET /api/plots lists all.");
}
