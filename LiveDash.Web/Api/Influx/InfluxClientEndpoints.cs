using LiveDash.Core.Ingestion;
using LiveDash.Core.Storage;
using LiveDash.Web.Api.Points;

namespace LiveDash.Web.Api.Influx;

/// <summary>
/// What InfluxDB's clients ask for beside writing: <c>/ping</c>, <c>/health</c>, <c>/ready</c>, <c>/query</c> with simple InfluxQL, and enough of <c>/api/v2/buckets</c> and <c>/api/v2/orgs</c> for their start.
/// </summary>
internal static class InfluxClientEndpoints
{
    private const string Version = "1.8.10-livedash";

    // Clients send one statement of a line; an answer is made whole before it leaves.
    private const int MaxQuery = 8_192, MaxStatements = 20;
    private static readonly string s_id = "6c69766564617368";

    /// <summary>Maps the routes.</summary>
    public static void MapInfluxClients(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/ping", ["GET", "HEAD"], static (HttpContext context) =>
        {
            context.Response.Headers["X-Influxdb-Version"] = Version;
            context.Response.Headers["X-Influxdb-Build"] = "OSS";
            // 3.x clients read a body, and ask for it with a token; 1.x ones ask for it with verbose.
            return context.Request.Query["verbose"] is ["true"] ? Results.Json(new { version = Version }) : Results.NoContent();
        }).ExcludeFromDescription();
        app.MapGet("/health", static (IPointStore store) =>
        {
            var pass = store.Status.State == StoreState.Ready;
            return Results.Json(
                new { name = "influxdb", message = pass ? "ready for queries and writes" : store.Status.Message, status = pass ? "pass" : "fail", checks = Array.Empty<object>(), version = Version },
                statusCode: pass ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).ExcludeFromDescription();
        app.MapGet("/ready", static (TimeProvider time) =>
        {
            var started = System.Diagnostics.Process.GetCurrentProcess().StartTime.ToUniversalTime();
            return Results.Json(new { status = "ready", started, up = (time.GetUtcNow().UtcDateTime - started).ToString("h'h'm'm's's'", null) });
        }).ExcludeFromDescription();
        app.MapMethods("/query", ["GET", "POST"], QueryAsync).ExcludeFromDescription();
        MapV2(app);
    }

    private static void MapV2(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v2/buckets", static (InfluxDatabases databases, string? name = null) =>
                Results.Json(new { buckets = databases.All.Where(one => name is null || one == name).Select(Bucket), links = new { self = "/api/v2/buckets" } }))
            .WithTags("influx").WithSummary("The buckets that InfluxDB clients made; all of them are the one store.").Produces<object>();
        app.MapPost("/api/v2/buckets", async (HttpContext context, InfluxDatabases databases) =>
            {
                var (body, problem) = await ReadNameAsync(context);
                if (body is null) return problem!;
                databases.Add(body);
                return Results.Json(Bucket(body), statusCode: StatusCodes.Status201Created);
            })
            .WithTags("influx").WithSummary("Makes a bucket's name known; points go to the one store whatever they say.")
            .WithStreamedBody("A bucket: {\"name\":\"metrics\"}.", "application/json")
            .Produces<object>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status400BadRequest);
        app.MapGet("/api/v2/orgs", static (string? org = null) => Results.Json(new { orgs = new[] { new { id = s_id, name = org ?? "livedash" } }, links = new { self = "/api/v2/orgs" } }))
            .WithTags("influx").WithSummary("The one organisation, under whatever name a client asks for.").Produces<object>();
    }

    private static object Bucket(string name) =>
        new { id = Convert.ToHexStringLower(BitConverter.GetBytes(Fnv(name))), orgID = s_id, type = "user", name, retentionRules = Array.Empty<object>() };

    private static ulong Fnv(string text) => text.Aggregate(14695981039346656037UL, static (hash, c) => (hash ^ c) * 1099511628211UL);

    private static async Task<(string? Name, IResult? Problem)> ReadNameAsync(HttpContext context)
    {
        try
        {
            using var json = await System.Text.Json.JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            if (json.RootElement.TryGetProperty("name", out var name) && name.GetString() is { Length: > 0 } text) return (text, null);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
        {
            // Told below.
        }

        return (null, ApiProblem.Result(StatusCodes.Status400BadRequest, "bad_json", "A bucket is {\"name\":\"metrics\"}."));
    }

    private static async Task<IResult> QueryAsync(HttpContext context, InfluxQueryRunner runner)
    {
        string? text = context.Request.Query["q"];
        string? epoch = context.Request.Query["epoch"];
        if (string.IsNullOrEmpty(text) && context.Request.HasFormContentType)
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            (text, epoch) = (form["q"], epoch ?? form["epoch"]);
        }

        context.Response.Headers["X-Influxdb-Version"] = Version;
        if (string.IsNullOrEmpty(text)) return Results.Json(new { error = "missing required parameter \"q\"" }, statusCode: StatusCodes.Status400BadRequest);
        if (text.Length > MaxQuery) return Results.Json(new { error = $"a query has at most {MaxQuery} characters" }, statusCode: StatusCodes.Status400BadRequest);
        var statements = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (statements.Length > MaxStatements) return Results.Json(new { error = $"a query has at most {MaxStatements} statements" }, statusCode: StatusCodes.Status400BadRequest);
        var results = new List<object>();
        foreach (var statement in statements)
        {
            var (tables, fault) = await runner.RunAsync(statement, context.RequestAborted);
            SummaryWarning.Say(context.Response, StoredSummaries.OfAll(tables.Select(static table => table.Summaries)));
            results.Add(fault is not null ? new { statement_id = results.Count, error = fault }
                : tables.Count == 0 ? new { statement_id = results.Count }
                : new { statement_id = results.Count, series = tables.Select(table => Series(table, epoch)) });
        }

        return Results.Json(new { results });
    }

    private static Dictionary<string, object?> Series(InfluxTable table, string? epoch)
    {
        var series = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (table.Name is not null) series["name"] = table.Name;
        series["columns"] = table.Columns;
        series["values"] = table.Columns[0] != "time" ? table.Rows : table.Rows.Select(row => row.Select((cell, i) => i == 0 ? Time((long)cell!, epoch) : cell));
        return series;
    }

    private static object Time(long ticks, string? epoch)
    {
        var since = ticks - DateTime.UnixEpoch.Ticks;
        return epoch switch
        {
            "ns" or "n" => since * 100,
            "u" or "us" or "µ" => since / TimeSpan.TicksPerMicrosecond,
            "ms" => since / TimeSpan.TicksPerMillisecond,
            "s" => since / TimeSpan.TicksPerSecond,
            "m" => since / TimeSpan.TicksPerMinute,
            "h" => since / TimeSpan.TicksPerHour,
            _ => TimeText.Format(ticks),
        };
    }
}
