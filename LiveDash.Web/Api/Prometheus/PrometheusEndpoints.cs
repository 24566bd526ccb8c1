using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace LiveDash.Web.Api.Prometheus;

/// <summary>
/// Prometheus' own HTTP API, as Grafana's data source and promtool ask it, by GET and by POST with a form: under <c>/api/v1</c> and, for clients that are given an address with a path,
/// under <c>/prometheus/api/v1</c>. Answers and errors have Prometheus' shape, not problem+json.
/// </summary>
internal static class PrometheusEndpoints
{
    // What clients read to know which functions and parameters there are: those of this version are spoken.
    private const string Version = "3.0.0";

    /// <summary>Adds the routes.</summary>
    public static void MapPrometheus(this IEndpointRouteBuilder app)
    {
        foreach (var prefix in new[] { "/api/v1", "/prometheus/api/v1" })
        {
            Both(app.MapGet(prefix + "/query", Instant), app.MapPost(prefix + "/query", Instant), "Evaluates PromQL at one moment; query, time, timeout, limit");
            Both(app.MapGet(prefix + "/query_range", Range), app.MapPost(prefix + "/query_range", Range), "Evaluates PromQL at the steps of a range; query, start, end, step, timeout, limit");
            Both(app.MapGet(prefix + "/series", Series), app.MapPost(prefix + "/series", Series), "The series that match; match[], start, end, limit");
            Both(app.MapGet(prefix + "/labels", Labels), app.MapPost(prefix + "/labels", Labels), "The names of labels; match[], start, end, limit");
            Describe(app.MapGet(prefix + "/label/{name}/values", Values), "The values of a label; match[], start, end, limit");
            Describe(app.MapGet(prefix + "/metadata", Metadata), "What is known of each metric; metric, limit");
            Describe(app.MapGet(prefix + "/rules", Rules), "The rules, by file and group, with their alerts; type, rule_name[], rule_group[], file[]");
            Describe(app.MapGet(prefix + "/alerts", Alerts), "The pending and firing alerts");
            Describe(app.MapGet(prefix + "/status/buildinfo", BuildInfo), "Which version of the API is spoken");
        }
    }

    // Clients send what is long as a form.
    private static void Both(RouteHandlerBuilder get, RouteHandlerBuilder post, string summary)
    {
        Describe(get, summary);
        Describe(post, summary).WithStreamedBody("The parameters as a form: query=up&time=1767225600.", "application/x-www-form-urlencoded");
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string summary) => route
        .WithTags("prometheus").WithSummary("In the form of Prometheus' API: " + char.ToLowerInvariant(summary[0]) + summary[1..]).Produces<object>()
        .Produces<object>(StatusCodes.Status400BadRequest).DisableAntiforgery();

    private static Task<IResult> Instant(HttpContext context, PrometheusQueries queries) =>
        PrometheusAnswer.OfAsync(context, request => queries.InstantAsync(request, context.RequestAborted));

    private static Task<IResult> Range(HttpContext context, PrometheusQueries queries) =>
        PrometheusAnswer.OfAsync(context, request => queries.RangeAsync(request, context.RequestAborted));

    private static Task<IResult> Series(HttpContext context, PrometheusSeries series) => PrometheusAnswer.OfAsync(context, request => Task.FromResult(series.Series(request)));

    private static Task<IResult> Labels(HttpContext context, PrometheusSeries series) => PrometheusAnswer.OfAsync(context, request => Task.FromResult(series.Labels(request)));

    private static Task<IResult> Values([FromRoute] [Description("The label; __name__ for the metrics.")] string name, HttpContext context, PrometheusSeries series) =>
        PrometheusAnswer.OfAsync(context, request => Task.FromResult(series.Values(request, name)));

    private static Task<IResult> Metadata(HttpContext context, PrometheusSeries series) => PrometheusAnswer.OfAsync(context, request => Task.FromResult(series.Metadata(request)));

    private static Task<IResult> Rules(HttpContext context, PrometheusRulesView rules) => PrometheusAnswer.OfAsync(context, request => Task.FromResult(rules.Rules(request)));

    private static Task<IResult> Alerts(HttpContext context, PrometheusRulesView rules) => PrometheusAnswer.OfAsync(context, _ => Task.FromResult(rules.Alerts()));

    private static PrometheusAnswer BuildInfo() => new(static writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("version", Version);
        writer.WriteString("revision", "livedash");
        writer.WriteString("branch", "");
        writer.WriteString("buildUser", "");
        writer.WriteString("buildDate", "");
        writer.WriteString("goVersion", "");
        writer.WriteEndObject();
    });
}
