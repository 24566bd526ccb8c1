using System.ComponentModel;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Parsing;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Windows;
using LiveDash.Web.Api.Reading;
using Microsoft.AspNetCore.Mvc;

namespace LiveDash.Web.Api.Query;

/// <summary>PromQL in the form of this API: <c>GET /api/query</c> at one moment, <c>GET /api/query/range</c> at the steps of a stretch.</summary>
internal static class QueryEndpoints
{
    // As many steps as a chart has pixel columns, where the client does not say.
    private const int UsualSteps = 600;
    private const string WhatExpr = "The expression in PromQL; names may hold dots without quotes, as in avg_over_time(cpu.load[1m]), and windows of LiveDash's own text may stand for vectors, as in p99(latency{host=*}, 500).";

    /// <summary>Adds the routes.</summary>
    public static void MapQueries(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/query", InstantAsync)
            .WithTags("query").WithSummary("Evaluates PromQL at one moment: a JSON object with a series a label set, and what it took").Produces<QueryAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        app.MapGet("/api/query/range", RangeAsync)
            .WithTags("query").WithSummary("Evaluates PromQL at the steps of a stretch: a line a value as NDJSON, or by Accept or format as CSV or Apache Arrow")
            .Produces(StatusCodes.Status200OK, typeof(string), "application/x-ndjson", "text/csv", ArrowStream.MediaType)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> InstantAsync(
        [FromQuery] [Description(WhatExpr)] string? expr,
        [FromQuery] [Description("The moment; now when left out.")] string? at,
        QueryEngine engine, QueryLimits limits, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Read(expr, out var problem) is not { } tree) return problem!;
        if (!TimeText.TryParse(at ?? "now", time.GetUtcNow().UtcTicks, out var ticks)) return BadTime("at");
        return await AnswerAsync(async () => Results.Json(QueryAnswer.From(await engine.InstantAsync(tree, ticks, limits, cancellationToken))));
    }

    private static async Task<IResult> RangeAsync(
        [FromQuery] [Description(WhatExpr)] string? expr,
        [FromQuery] [Description("The first moment; an hour ago when left out.")] string? from,
        [FromQuery] [Description("The last moment; now when left out.")] string? to,
        [FromQuery] [Description("How far the moments are apart, such as 15s; a six-hundredth of the stretch when left out.")] string? step,
        [FromQuery] [Description("ndjson, csv or arrow; wins over the header Accept.")] string? format,
        HttpContext context, QueryEngine engine, QueryLimits limits, TimeProvider time)
    {
        if (Read(expr, out var problem) is not { } tree) return problem!;
        var now = time.GetUtcNow().UtcTicks;
        if (!TimeText.TryParse(from ?? "now-1h", now, out var first)) return BadTime("from");
        if (!TimeText.TryParse(to ?? "now", now, out var last)) return BadTime("to");
        if (last < first) return ApiProblem.BadParameter("to", "'to' is before 'from'.");
        var apart = TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerMillisecond, (last - first) / UsualSteps));
        if (step is not null && !DurationText.TryParse(step, out apart)) return ApiProblem.BadParameter("step", $"'step' is {DurationText.Rule}.");
        if (FormatOf(format, context.Request.Headers.Accept.ToString()) is not { } wanted) return ApiProblem.BadParameter("format", "'format' is ndjson, csv or arrow.");
        if (tree.Kind is ValueKind.Matrix or ValueKind.String) return ApiProblem.BadParameter("expr", "Over a range an expression yields a number or one a series.");
        return await AnswerAsync(async () => new QueryStream(await engine.RangeAsync(tree, first, last, apart.Ticks, limits, context.RequestAborted), wanted));
    }

    private static string? FormatOf(string? format, string accept) => format switch
    {
        "ndjson" or "csv" or "arrow" => format,
        null => accept.Contains("text/csv", StringComparison.OrdinalIgnoreCase) ? "csv" : accept.Contains(ArrowStream.MediaType, StringComparison.OrdinalIgnoreCase) ? "arrow" : "ndjson",
        _ => null,
    };

    /// <summary>Reads an expression; null with the problem to answer.</summary>
    public static QueryExpr? Read(string? text, out IResult? problem)
    {
        problem = null;
        if (PromQuery.TryParse(text ?? "", out var expr, out var faults)) return expr;
        problem = ApiProblem.Result(StatusCodes.Status400BadRequest, "bad_parameter", $"expr, at character {faults[0].Position + 1}: {faults[0].Message}", ("parameter", "expr"), ("position", faults[0].Position),
            ("errors", faults.Select(static fault => new { fault.Position, fault.End, Detail = fault.Message })));
        return null;
    }

    private static async Task<IResult> AnswerAsync(Func<Task<IResult>> run)
    {
        try
        {
            return await run();
        }
        catch (QueryException e)
        {
            return e.Kind switch
            {
                QueryErrorKind.Timeout => ApiProblem.Result(StatusCodes.Status503ServiceUnavailable, "query_timeout", e.Message),
                QueryErrorKind.Limit => ApiProblem.Result(StatusCodes.Status422UnprocessableEntity, "query_limit", e.Message),
                _ => ApiProblem.Result(StatusCodes.Status422UnprocessableEntity, "query_failed", e.Message),
            };
        }
    }

    private static IResult BadTime(string name) => ApiProblem.BadParameter(name, $"'{name}' is a time such as now-1h, 2026-11-20T10:00:00Z or epoch milliseconds.");
}
