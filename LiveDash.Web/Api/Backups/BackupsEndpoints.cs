using LiveDash.Core.Storage.Backups;

namespace LiveDash.Web.Api.Backups;

/// <summary>Backups into the folder of the settings: <c>GET POST /api/backups</c>.</summary>
internal static class BackupsEndpoints
{
    /// <summary>Adds the routes.</summary>
    public static void MapBackups(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/backups", static (BackupKeeper keeper) => Results.Json(BackupsAnswer.From(keeper)))
            .WithTags("health").WithSummary("The backups in the folder of the settings, the newest first, and when the next is due").Produces<BackupsAnswer>();
        app.MapPost("/api/backups", MakeAsync)
            .WithTags("health").WithSummary("Makes a backup into that folder now; answers once it is on disk and was checked").Produces<BackupOutcome>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> MakeAsync(BackupKeeper keeper, CancellationToken cancellationToken)
    {
        if (keeper.Options.Folder.Length == 0) return ApiProblem.Result(StatusCodes.Status409Conflict, "no_folder", $"No folder is set for backups: {BackupOptions.Section}:Folder names one.");
        var outcome = await keeper.MakeAsync(cancellationToken);
        return outcome.Fault is { } fault
            ? ApiProblem.Result(StatusCodes.Status503ServiceUnavailable, "backup_failed", fault)
            : Results.Json(outcome, statusCode: StatusCodes.Status201Created);
    }
}
