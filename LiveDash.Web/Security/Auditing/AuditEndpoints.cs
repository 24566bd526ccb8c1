using System.ComponentModel;
using System.Globalization;
using System.Text;
using LiveDash.Core.Accounts.Audit;
using LiveDash.Web.Api;
using LiveDash.Web.Api.Reading;

namespace LiveDash.Web.Security.Auditing;

/// <summary><c>GET /api/audit</c>: the audit as JSON, or as CSV by Accept.</summary>
internal static class AuditEndpoints
{
    /// <summary>Maps the route. Where nobody says who they are there is no audit.</summary>
    public static void MapAudit(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/audit", Get)
            .WithTags("accounts")
            .WithSummary("Who did what when from where, the newest first; JSON, or CSV by Accept")
            .Produces<IReadOnlyList<AuditEntry>>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);

    private static IResult Get(
        HttpContext context,
        [Description("A part of the name of who did it.")] string? who = null,
        [Description("A part of what was done, such as sign-in.failed.")] string? action = null,
        [Description("A part of anything that is told.")] string? text = null,
        [Description("Not before this time, ISO 8601.")] DateTimeOffset? from = null,
        [Description("Before this time, ISO 8601.")] DateTimeOffset? to = null,
        [Description("How many at most, 1 to 20,000; 1,000 where nothing is said.")] int limit = 1_000)
    {
        if (context.RequestServices.GetService<AuditLog>() is not { } log)
        {
            return ApiProblem.Result(StatusCodes.Status404NotFound, "no_audit", $"Nobody says who they are here, so there is no audit; {SecurityOptions.Section}:Mode=accounts keeps one.");
        }

        if (limit is < 1 or > AuditLog.MaxEntries) return ApiProblem.BadParameter("limit", $"limit is from 1 to {AuditLog.MaxEntries}.");
        var entries = log.Find(new AuditFilter(who, action, text, from, to), limit);
        return context.Request.Headers.Accept.Any(static accept => accept?.Contains("text/csv", StringComparison.OrdinalIgnoreCase) == true)
            ? Results.File(Encoding.UTF8.GetBytes(Csv(entries)), "text/csv; charset=utf-8", "audit.csv")
            : Results.Json(entries);
    }

    /// <summary>The entries as CSV (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe before it.</summary>
    internal static string Csv(IReadOnlyList<AuditEntry> entries)
    {
        var text = new StringBuilder("number,at,who,kind,address,action,on,before,after,hash\r\n");
        foreach (var entry in entries)
        {
            text.Append(CultureInfo.InvariantCulture, $"{entry.Number},{entry.At:O}");
            foreach (var field in new[] { entry.Who, entry.Kind, entry.Address, entry.Action, entry.On, entry.Before, entry.After, entry.Hash }) text.Append(',').Append(CsvWriter.Cell(field ?? ""));
            text.Append("\r\n");
        }

        return text.ToString();
    }
}
