using System.Text.Json;
using LiveDash.Core.Collections;
using LiveDash.Core.Geometry;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Core.Selections;
using LiveDash.Core.Storage;
using LiveDash.Web.Api.Reading;

namespace LiveDash.Web.Api.Collections;

/// <summary>Answers with the points of a mapped collection, straight from its server's cursor. Thread-safe.</summary>
internal sealed class CollectionReads(CollectionBook book, CollectionReader reader, CollectionPlanes planes, Limits limits)
{
    /// <summary>Says whose edges a polygon had, and who looked.</summary>
    public const string EdgesHeader = "X-LiveDash-Edges";

    /// <summary><c>GET /api/points?collection=</c>.</summary>
    public async Task<IResult> ReadAsync(string name, PointRequest request, CancellationToken cancellationToken)
    {
        if (Check(name, request, out var map) is { } problem) return problem;
        var filter = request.Query.Box is { } box ? await planes.NarrowAsync(map!, box, cancellationToken) : null;
        return await AnswerAsync(map!, request, filter, null, cancellationToken);
    }

    /// <summary><c>GET /get_points</c>, where a connection has the collection <c>coords</c>; null where none has.</summary>
    public async Task<IResult?> ReadCoordsAsync(CancellationToken cancellationToken)
    {
        if (book.FindCoords() is not { Mode: CollectionMode.Through } map) return null;
        // A mapping that was saved is meant; the one that a connection alone implies holds where the collection is.
        if (book.FindMap(CollectionBook.Coords) is null && !await planes.ExistsAsync(map, cancellationToken)) return null;
        var all = new PointRequest { Query = new PointQuery { Series = [], LocatedOnly = true }, Fields = [PointField.Pt, PointField.Id] };
        return await AnswerAsync(map, all, null, null, cancellationToken);
    }

    /// <summary><c>POST /api/points/query?collection=</c>.</summary>
    /// <param name="name">The collection.</param>
    /// <param name="request">The parameters.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="body">The same as it was sent.</param>
    /// <param name="plane">What its corners are, and its edges.</param>
    /// <param name="context">Gets the header that says who looked.</param>
    public async Task<IResult> QueryAsync(string name, PointRequest request, Shape shape, JsonElement body, ShapePlane plane, HttpContext context)
    {
        if (Check(name, request, out var map) is { } problem) return problem;
        if (map!.Point is not { } path && plane != ShapePlane.TimeValue) return ApiProblem.BadParameter("collection", $"The collection '{name}' maps no location.");
        CollectionFilter? filter;
        if (plane == ShapePlane.Sphere && body.TryGetProperty("features", out _)) return ApiProblem.BadParameter("plane", "Great circles are asked of one Polygon or MultiPolygon.");
        if (plane == ShapePlane.Sphere)
        {
            filter = CollectionFilter.WithinGreatCircles(map.Point!, Geometry(body));
            context.Response.Headers[EdgesHeader] = "great circles; found by the database";
            return await AnswerAsync(map, request, filter, null, context.RequestAborted);
        }

        filter = plane == ShapePlane.Location ? await planes.NarrowAsync(map, shape.Box, context.RequestAborted) : null;
        context.Response.Headers[EdgesHeader] = filter is null ? "flat; found by LiveDash" : "flat; narrowed by the 2d index, found by LiveDash";
        return await AnswerAsync(map, request, filter, (shape, plane), context.RequestAborted);
    }

    private async Task<IResult> AnswerAsync(CollectionMap map, PointRequest request, CollectionFilter? filter, (Shape Shape, ShapePlane Plane)? within, CancellationToken cancellationToken)
    {
        if (request.Format == PointFormat.Arrow) return ApiProblem.Result(StatusCodes.Status406NotAcceptable, "not_acceptable", "Arrow tells every series first, and a collection's are not known before its documents are read: ask for NDJSON, CSV or columns.");
        var catalog = new SeriesCatalog(limits);
        var blocks = QueryFilter.Keep(reader.ReadAsync(map, new Admission(limits, catalog), filter, cancellationToken), within is null ? request.Query : request.Query with { Limit = null }, cancellationToken);
        if (within is { } shape) blocks = ShapeFilter.WithinAsync(blocks, shape.Shape, shape.Plane, request.Query.Limit, cancellationToken);
        try
        {
            // Before the answer begins, so that a server that cannot be read is a problem, and not a body that breaks off.
            return new PointStream(request.Writer(catalog), await BegunBlocks.BeginAsync(blocks, cancellationToken));
        }
        catch (Exception e) when (e is StoreUnavailableException or InvalidOperationException or InvalidDataException)
        {
            return ApiProblem.Result(StatusCodes.Status502BadGateway, "collection_unreadable", e.Message);
        }
    }

    private IResult? Check(string name, PointRequest request, out CollectionMap? map)
    {
        map = book.FindMap(name) ?? (name == CollectionBook.Coords ? book.FindCoords() : null);
        if (map is null) return ApiProblem.Result(StatusCodes.Status404NotFound, "unknown_collection", $"There is no mapped collection '{name}'.");
        if (request.Query.Descending) return ApiProblem.BadParameter("order", "A collection is read in the order of its keys.");
        return request.AfterId is not null || request.Query.After is not null || request.Query.ArrivedAfter > 0
            ? ApiProblem.BadParameter("after", "A collection is read from its beginning: its points have no place in the store to go on behind.")
            : null;
    }

    private static JsonElement Geometry(JsonElement body) => body.TryGetProperty("geometry", out var geometry) ? geometry : body;
}
