namespace LiveDash.Web.Security;

/// <summary>
/// <c>POST /api/hub-check</c>: answered as the live connection of a page would be. Where a proxy does not pass the host on, the connection is refused by
/// <see cref="OriginCheck"/> before any code of the page runs; the page's script asks here and shows why.
/// </summary>
internal static class HubCheck
{
    /// <summary>Maps the route.</summary>
    public static void MapHubCheck(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/hub-check", static () => Results.NoContent())
            .WithTags("health")
            .WithSummary("Whether a page may open its live connection; 403 says which setting lets it")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status403Forbidden)
            .DisableAntiforgery();
}
