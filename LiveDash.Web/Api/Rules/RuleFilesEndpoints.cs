using System.ComponentModel;
using System.Text;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Alerts.Testing;
using LiveDash.Core.Rules.Files;

namespace LiveDash.Web.Api.Rules;

/// <summary>Rules as files: <c>GET /api/rules/export</c>, <c>POST /api/rules/import</c>, <c>POST /api/rules/test</c>, <c>GET /api/rules/folder</c>.</summary>
internal static class RuleFilesEndpoints
{
    /// <summary>Adds the routes.</summary>
    public static void MapRuleFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/rules/export", Export)
            .WithTags("rules").WithSummary("All rules as one YAML or JSON file, or as one that Prometheus reads").Produces(StatusCodes.Status200OK, contentType: "application/yaml")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        app.MapPost("/api/rules/import", ImportAsync)
            .WithTags("rules").WithSummary("Adds or changes the rules of a YAML, JSON or Prometheus rule file; good ones are kept, the rest told by line")
            .Accepts<string>("application/yaml", "application/json", "text/plain", "application/x-www-form-urlencoded").Produces<RuleImportAnswer>()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        app.MapPost("/api/rules/test", TestAsync)
            .WithTags("rules").WithSummary("Runs a file of unit tests of rules, as promtool takes them: over points of their own, against the rules in force of the files it names, or those that stand in it")
            .Accepts<string>("application/yaml", "application/json", "text/plain", "application/x-www-form-urlencoded").Produces<RuleTestAnswer>()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        app.MapGet("/api/rules/folder", static (RuleFolder folder) => Results.Json(folder.Faults))
            .WithTags("rules").WithSummary("What is wrong in the watched folder of rule files, by file").Produces<IReadOnlyDictionary<string, IReadOnlyList<RuleFileFault>>>();
    }

    private static IResult Export(RuleBook book, string? format = "yaml")
    {
        var rules = book.Rules.Rules.Select(static rule => rule.Config);
        return format switch
        {
            "yaml" => Results.File(Encoding.UTF8.GetBytes(RuleFileWriter.ToYaml(rules)), "application/yaml", "livedash-rules.yaml"),
            "prometheus" => Results.File(Encoding.UTF8.GetBytes(PrometheusRuleWriter.ToYaml(rules)), "application/yaml", "livedash-prometheus-rules.yaml"),
            "json" => Results.File(Encoding.UTF8.GetBytes(RuleFileWriter.ToJson(rules)), "application/json", "livedash-rules.json"),
            _ => ApiProblem.BadParameter("format", "'format' is yaml, json or prometheus."),
        };
    }

    private static async Task<IResult> TestAsync(HttpContext context, RuleBook book, RuleTestRunner runner)
    {
        var text = await ReadAsync(context);
        if (text is null) return ApiProblem.Result(StatusCodes.Status413PayloadTooLarge, "body_too_large", $"A test file has at most {RuleFileReader.MaxLength:N0} bytes.");
        var outcome = await runner.RunAsync(text, book.Rules, context.RequestAborted);
        if (outcome.Faults.Count == 0) return Results.Json(RuleTestAnswer.From(outcome));
        var first = outcome.Faults[0];
        return ApiProblem.Result(StatusCodes.Status422UnprocessableEntity, "invalid_tests", $"No test was run. Line {first.Line}: {first.Detail}", ("errors", outcome.Faults));
    }

    private static async Task<IResult> ImportAsync(HttpContext context, RuleBook book, RuleService judges, [Description("The name of a Prometheus rule file: its rules are told apart from those of other files by it.")] string file = "")
    {
        var text = await ReadAsync(context);
        if (text is null)
        {
            return ApiProblem.Result(StatusCodes.Status413PayloadTooLarge, "body_too_large", $"A rule file has at most {RuleFileReader.MaxLength:N0} bytes.");
        }

        var content = RuleFileReader.Read(text, context.RequestAborted, file);
        var faults = content.Faults.ToList();
        var imported = new List<string>();
        foreach (var config in content.Rules)
        {
            var (rule, found) = await book.PutAsync(config, context.RequestAborted);
            if (rule is not null) imported.Add(rule.Id);
            else faults.AddRange(found.Select(fault => new RuleFileFault(1, config.Name, fault.Detail)));
        }

        await judges.WhenAppliedAsync(context.RequestAborted);
        if (imported.Count > 0 || faults.Count == 0) return Results.Json(new RuleImportAnswer(imported, faults));
        var first = faults[0];
        return ApiProblem.Result(StatusCodes.Status422UnprocessableEntity, "invalid_rules",
            $"No rule was imported. Line {first.Line}: {first.Detail}", ("errors", faults));
    }

    private static async Task<string?> ReadAsync(HttpContext context)
    {
        var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(chunk, context.RequestAborted)) > 0)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > RuleFileReader.MaxLength) return null;
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
