using LiveDash.Core.Jobs;
using LiveDash.Core.Jobs.Remote;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Web.Api.Collections;
using LiveDash.Web.Api.Reading;
using Microsoft.AspNetCore.Mvc;

namespace LiveDash.Web.Api.Points;

/// <summary>Reading stored points: <c>GET /api/points</c> and its short form <c>GET /get_points</c>.</summary>
internal static class PointReads
{
    /// <summary>Adds the routes.</summary>
    public static void MapPointReads(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/points", ReadAsync)
            .AddEndpointFilter<WorkerKeyFilter>()
            .WithTags("points")
            .WithSummary("Streams stored points as NDJSON; by Accept as CSV, as an Apache Arrow stream or as binary columns")
            .WithDescription(SummaryWarning.Told)
            .Produces(StatusCodes.Status200OK, typeof(string), "application/x-ndjson", "text/csv", ColumnsWriter.MediaType, ArrowStream.MediaType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status502BadGateway)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        app.MapGet("/get_points", ReadCoordsAsync)
            .WithTags("points")
            .WithSummary("The located points of the collection coords of a MongoDB connection, else of the series coords, one {\"pt\":[x,y],\"id\":n} a line")
            .WithDescription(SummaryWarning.Told)
            .Produces(StatusCodes.Status200OK, typeof(string), "application/x-ndjson")
            .ProducesProblem(StatusCodes.Status502BadGateway)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ReadAsync(
        [AsParameters] PointParameters parameters, HttpContext context, [FromServices] SeriesCatalog catalog, [FromServices] IPointStore store, [FromServices] TimeProvider time,
        [FromServices] CollectionReads collections, [FromServices] WorkerScheduler workers, [FromServices] ReadingRoom room)
    {
        var request = PointRequest.TryRead(parameters, context.Request, catalog, time.GetUtcNow().UtcTicks, out var problem);
        if (request is null) return problem!;
        if (parameters.Collection is { } name) return await collections.ReadAsync(name, request, context.RequestAborted);
        if ((NotOpen(store) ?? room.Enter(context, request.Query.Series.Count)) is { } refused) return refused;
        var query = request.Query;
        if (request.AfterId is { } id)
        {
            if (await FindAsync(store, query, id, context.RequestAborted) is not { } place)
            {
                return ApiProblem.BadParameter("after", $"No point with the id {id} is in this selection; it may have been deleted. Begin again without 'after'.");
            }

            query = query with { After = place };
        }

        SummaryWarning.Say(context.Response, store, query);
        return request.Answer(catalog, store.ScanAsync(query, context.RequestAborted), context.Request.Headers.ContainsKey(RemotePoints.WorkerHeader) ? workers : null);
    }

    private static async Task<IResult> ReadCoordsAsync(
        HttpContext context, [FromServices] SeriesCatalog catalog, [FromServices] IPointStore store, [FromServices] CollectionReads collections)
    {
        if (await collections.ReadCoordsAsync(context.RequestAborted) is { } collected) return collected;
        if (NotOpen(store) is { } closed) return closed;
        IReadOnlyList<int> series = catalog.TryFind("coords", out var coords) ? [coords] : [];
        var query = new PointQuery { Series = series, LocatedOnly = true };
        SummaryWarning.Say(context.Response, store, query);
        return new PointStream(
            new NdjsonWriter(catalog, [PointField.Pt, PointField.Id]), store.ScanAsync(query, context.RequestAborted));
    }

    private static IResult? NotOpen(IPointStore store) =>
        store.Status.State == StoreState.Opening
            ? ApiProblem.Result(StatusCodes.Status503ServiceUnavailable, "store_opening", "The store is being opened; ask again in a moment.")
            : null;

    private static async Task<(long Ticks, long Id)?> FindAsync(IPointStore store, PointQuery query, long id, CancellationToken cancellationToken)
    {
        await foreach (var block in store.ScanAsync(query with { Limit = null }, cancellationToken))
        {
            var at = block.Ids.Span.IndexOf(id);
            if (at >= 0) return (block.Times.Span[at], id);
        }

        return null;
    }
}
