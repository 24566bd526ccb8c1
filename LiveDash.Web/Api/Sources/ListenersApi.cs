using LiveDash.Core.Ingestion.Listeners;

namespace LiveDash.Web.Api.Sources;

/// <summary><c>GET /api/listeners</c>: what is listened for beside the main port, where, and what was closed.</summary>
internal static class ListenersApi
{
    /// <summary>Maps the route.</summary>
    public static void MapListeners(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/listeners", static (ListenerBoard board) => Results.Json(board.Snapshot().Select(ListenerAnswer.From)))
            .WithName("GetListeners")
            .WithTags("sources")
            .WithSummary("What is listened for beside the main port: where, with the true port, or why not; connections; what was closed, by reason.")
            .Produces<IReadOnlyList<ListenerAnswer>>();
}
