using System.ComponentModel;
using System.Text.Json;
using LiveDash.Core.Model;
using LiveDash.Core.Selections;
using LiveDash.Core.Storage;
using LiveDash.Web.Api.Bodies;
using LiveDash.Web.Api.Collections;
using LiveDash.Web.Api.Reading;
using Microsoft.AspNetCore.Mvc;

namespace LiveDash.Web.Api.Points;

/// <summary><c>POST /api/points/query</c>: the points within a polygon, with the filters of <c>GET /api/points</c>.</summary>
public static class PointsQueryEndpoint
{
    /// <summary>Maps the route.</summary>
    public static void MapPointsQuery(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/points/query", QueryAsync)
            .WithTags("points")
            .WithSummary("Streams the points within the GeoJSON in the body: a Polygon or MultiPolygon, a Feature or a FeatureCollection of them; edges and corners count as inside")
            .WithDescription(SummaryWarning.Told)
            .AcceptsJson<JsonElement>("application/geo+json")
            .Produces(StatusCodes.Status200OK, typeof(string), "application/x-ndjson", "text/csv", ColumnsWriter.MediaType, ArrowStream.MediaType)
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(413).ProducesProblem(502).ProducesProblem(503)
            .DisableAntiforgery();

    private static async Task<IResult> QueryAsync(
        [AsParameters] PointParameters parameters, HttpContext context, [FromServices] SeriesCatalog catalog, [FromServices] IPointStore store,
        [FromServices] TimeProvider time, [FromServices] Limits limits, [FromServices] CollectionReads collections, [FromServices] ReadingRoom room,
        [Description("What the shape's corners are: location (the default), or time-value, each corner then being milliseconds since 1970 and a value; sphere: locations with great circles for edges, of a collection alone.")] string? plane = null)
    {
        if (plane is not (null or "location" or "time-value" or "sphere")) return ApiProblem.BadParameter("plane", $"'{plane}' is neither location, time-value nor sphere.");
        var request = PointRequest.TryRead(parameters, context.Request, catalog, time.GetUtcNow().UtcTicks, out var problem);
        if (request is null) return problem!;
        if (plane == "sphere" && parameters.Collection is null) return ApiProblem.BadParameter("plane", "Stored points are asked with flat edges; sphere is for a collection, whose database knows great circles.");
        if (parameters.Collection is null && store.Status.State == StoreState.Opening) return ApiProblem.Result(503, "store_opening", "The store is being opened; ask again in a moment.");
        if (request.AfterId is not null) return ApiProblem.BadParameter("after", "Here it must name the time and the id of a point, such as 2026-11-21T09:30:00Z,7.");
        var (shape, body, fault) = await ShapeBody.ReadAsync(context, limits);
        if (shape is null) return fault!;
        var inPlane = plane switch { "time-value" => ShapePlane.TimeValue, "sphere" => ShapePlane.Sphere, _ => ShapePlane.Location };
        if (parameters.Collection is { } name) return await collections.QueryAsync(name, request, shape, body, inPlane, context);
        if (room.Enter(context, request.Query.Series.Count) is { } refused) return refused;
        // The limit counts what lies within the shape, which the store does not know.
        var query = ShapeFilter.Narrow(request.Query with { Limit = null }, shape.Box, inPlane);
        if (query is not null) SummaryWarning.Say(context.Response, store, query);
        var blocks = query is null ? AsyncEnumerable.Empty<PointBlock>() : store.ScanAsync(query, context.RequestAborted);
        return request.Answer(catalog, ShapeFilter.WithinAsync(blocks, shape, inPlane, request.Query.Limit, context.RequestAborted));
    }
}
