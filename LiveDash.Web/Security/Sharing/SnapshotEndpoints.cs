using System.ComponentModel;
using System.Globalization;
using System.Security.Claims;
using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Snapshots;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Web.Api;
using LiveDash.Web.Api.Bodies;
using LiveDash.Web.Security.Access;
using Microsoft.AspNetCore.Components.Authorization;

namespace LiveDash.Web.Security.Sharing;

/// <summary>Snapshots of dashboards: <c>GET POST /api/snapshots</c>, <c>DELETE /api/snapshots/{id}</c>, and the pictures of one by its address. Folders' grants hold here as on pages; a key sees folders without grants.</summary>
internal static class SnapshotEndpoints
{
    private const string Example = "{\"dashboard\":\"this-machine\",\"from\":\"now-1h\",\"name\":\"the outage\",\"days\":7}";

    /// <summary>Adds the routes.</summary>
    public static void MapSnapshots(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/snapshots", static async (HttpContext context, SnapshotBook book, TimeProvider time) =>
            {
                var seen = await SeenAsync(context);
                return Results.Json(book.All(time.GetUtcNow()).Where(one => Mine(seen, one)).Select(static one => SnapshotAnswer.Of(one)).ToArray());
            })
            .WithTags("dashboards").WithSummary("Snapshots of dashboards that may be changed, the newest first").Produces<SnapshotAnswer[]>();
        app.MapPost("/api/snapshots", MakeAsync)
            .WithTags("dashboards").WithSummary("Freezes a dashboard: a page of its own that shows it as it is now, by an address that is told once").AcceptsJson<SnapshotRequest>()
            .Produces<SnapshotAnswer>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        app.MapDelete("/api/snapshots/{id}", RevokeAsync)
            .WithTags("dashboards").WithSummary("Takes a snapshot away, with all that it shows").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
        app.MapGet("/snapshot-picture/{token}/{panel}", PictureAsync)
            .WithTags("dashboards").WithSummary("The picture of a panel of a snapshot, by the snapshot's address").Produces(StatusCodes.Status200OK, contentType: "image/svg+xml").ProducesProblem(StatusCodes.Status410Gone);
    }

    private static bool Mine(VisibleDashboards seen, Snapshot one) => seen.Find(one.Dashboard) is { } dashboard ? seen.MayEdit(dashboard.Folder) : seen.IsAdministrator;

    private static async Task<IResult> MakeAsync(HttpContext context, SnapshotMaker maker, TimeProvider time)
    {
        var (request, problem) = await ApiBody.ReadAsync<SnapshotRequest>(context, Example);
        if (request is null) return problem!;
        var now = time.GetUtcNow().UtcTicks;
        if (!TimeText.TryParse(request.From ?? "now-1h", now, out var from)) return ApiProblem.BadParameter("from", "'from' is a time such as now-1h or 2026-11-21T10:00:00Z.");
        if (!TimeText.TryParse(request.To ?? "now", now, out var to) || to <= from) return ApiProblem.BadParameter("to", "'to' is a time behind 'from', such as now.");
        if (request.Days is < 1 or > SnapshotMaker.MaxDays) return ApiProblem.BadParameter("days", $"'days' is from 1 to {SnapshotMaker.MaxDays}.");
        if (request.Name is { Length: > SnapshotMaker.MaxName }) return ApiProblem.BadParameter("name", $"'name' has at most {SnapshotMaker.MaxName} characters.");
        var seen = await SeenAsync(context);
        if (request.Dashboard is null || seen.Find(request.Dashboard) is not { } dashboard) return ApiProblem.Result(StatusCodes.Status404NotFound, "unknown_dashboard", $"There is no dashboard '{request.Dashboard}'.");
        if (!seen.MayEdit(dashboard.Folder)) return ApiProblem.Result(StatusCodes.Status409Conflict, "folder_granted", "You may look at the folder of this dashboard, and hand on nothing of it.");
        var asked = request.Variables ?? [];
        if (asked.Keys.FirstOrDefault(name => dashboard.Variables.All(one => one.Name != name)) is { } unknown) return ApiProblem.BadParameter("variables", $"The dashboard has no variable '{unknown[..Math.Min(unknown.Length, 40)]}'.");
        if (asked.FirstOrDefault(static one => one.Value is null || DashboardVariable.CheckValue(one.Value) is not null) is { Key: not null } wrong) return ApiProblem.BadParameter("variables", $"The value of '{wrong.Key}' is a text of at most {DashboardVariable.MaxText} characters.");
        if (asked.FirstOrDefault(static one => one.Value.Length == 0) is { Key: not null } empty) return ApiProblem.BadParameter("variables", $"The value of '{empty.Key}' is empty; leave it out for what the dashboard begins with.");
        if (asked.FirstOrDefault(one => one.Value == Placeholders.Any && dashboard.Variables.Any(variable => variable.Name == one.Key && !variable.HasAll)) is { Key: not null } all) return ApiProblem.BadParameter("variables", $"Of '{all.Key}' all values at once cannot be chosen.");
        try
        {
            var (token, made) = await maker.MakeAsync(dashboard, asked, new TimeRange(from, to), request.Name ?? "", request.Days ?? 7, context.User.FindFirstValue(ClaimTypes.Name) ?? "", context.RequestAborted);
            var host = context.RequestServices.GetService<PublicAddress>()?.Base() ?? $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}";
            return Results.Json(SnapshotAnswer.Of(made, $"{host}/snapshot/{token}"), statusCode: StatusCodes.Status201Created);
        }
        catch (AccountRuleException rule)
        {
            return ApiProblem.Result(StatusCodes.Status409Conflict, "no_snapshot", rule.Message);
        }
    }

    private static async Task<IResult> RevokeAsync(string id, HttpContext context, SnapshotBook book, TimeProvider time)
    {
        var seen = await SeenAsync(context);
        return book.All(time.GetUtcNow()).FirstOrDefault(one => one.Id == id) is { } found && Mine(seen, found) && await book.RevokeAsync(id, CancellationToken.None)
            ? Results.NoContent() : ApiProblem.Result(StatusCodes.Status404NotFound, "unknown_snapshot", "There is no such snapshot.");
    }

    private static async Task<IResult> PictureAsync(string token, string panel, HttpContext context, SnapshotBook book, TimeProvider time, [Description("Colours: light or dark")] string? theme = null)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (token.Length is < 20 or > 100 || book.Find(token, time.GetUtcNow()) is not { } snapshot
            || !int.TryParse(panel, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || await book.PictureAsync(snapshot, number, theme == "dark", context.RequestAborted) is not { } picture)
        {
            return ApiProblem.Result(StatusCodes.Status410Gone, "snapshot_over", "There is no such picture: the snapshot has expired, was taken back, or was never one.");
        }

        return Results.File(picture, picture.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P']) ? "image/png" : "image/svg+xml");
    }

    // What components ask of a circuit is asked of the request here.
    private static async Task<VisibleDashboards> SeenAsync(HttpContext context)
    {
        var services = context.RequestServices;
        if (services.GetRequiredService<AuthenticationStateProvider>() is IHostEnvironmentAuthenticationStateProvider provider) provider.SetAuthenticationState(Task.FromResult(new AuthenticationState(context.User)));
        var seen = services.GetRequiredService<VisibleDashboards>();
        await seen.LoadAsync(context.RequestAborted);
        return seen;
    }
}
