using LiveDash.Core.Storage;

namespace LiveDash.Web.Api.Health;

/// <summary>What was found damaged on disk: <c>GET /api/damages</c>, <c>POST /api/damages/{id}/ack</c>.</summary>
internal static class DamagesEndpoints
{
    /// <summary>Adds the routes.</summary>
    public static void MapDamages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/damages", static (IStoreDamages store) => Results.Json(store.Damages))
            .WithTags("health").WithSummary("What was found damaged on disk: pages, series, range and points lost, the newest first").Produces<StoreDamage[]>();
        app.MapPost("/api/damages/{id}/ack", AcknowledgeAsync)
            .WithTags("health").WithSummary("Takes note of a damage, which ends its banner").Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable).ProducesProblem(StatusCodes.Status507InsufficientStorage);
    }

    private static async Task<IResult> AcknowledgeAsync(string id, IStoreDamages store, CancellationToken cancellationToken) =>
        await store.AcknowledgeAsync(id, cancellationToken)
            ? Results.NoContent()
            : ApiProblem.Result(StatusCodes.Status404NotFound, "unknown_damage", $"There is no damage '{id}'.");
}
