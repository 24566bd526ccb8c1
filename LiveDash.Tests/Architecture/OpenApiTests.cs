using System.Text.Json;
using System.Text.RegularExpressions;
using LiveDash.Core.Detection;
using LiveDash.Tests.Shared;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Architecture;

public sealed partial class OpenApiTests(LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    // What the pages are made of, and the description itself.
    private static readonly string[] s_notApi = ["/_", "/openapi/", "/{**path", "/lib/", "/css/", "/js/", "/favicon"];

    [Fact]
    public async Task Description_EveryRoute_IsListed()
    {
        var listed = (await PathsAsync())
            .SelectMany(static path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"))
            .ToHashSet(StringComparer.Ordinal);

        var missing = Mapped().Where(route => !listed.Contains(route)).ToList();

        Assert.True(missing.Count == 0, "Not in /openapi/v1.json: " + string.Join(", ", missing));
        Assert.Contains("GET /api/points", listed);
        Assert.Contains("POST /api/points", listed);
    }

    [Fact]
    public async Task Description_EveryOperation_HasATagASummaryAndItsErrors()
    {
        foreach (var path in await PathsAsync())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var name = $"{operation.Name} {path.Name}";
                Assert.True(operation.Value.TryGetProperty("tags", out _), name + " has no tag.");
                Assert.True(operation.Value.TryGetProperty("summary", out _), name + " has no summary.");
                Assert.True(operation.Value.GetProperty("responses").EnumerateObject().Any(), name + " has no responses.");
            }
        }
    }

    [Fact]
    public async Task Description_EveryParameter_SaysWhatItIsFor()
    {
        var silent = (await PathsAsync())
            .SelectMany(static path => path.Value.EnumerateObject().Select(operation => (Name: $"{operation.Name} {path.Name}", operation.Value)))
            .Where(static operation => operation.Value.TryGetProperty("parameters", out _))
            .SelectMany(static operation => operation.Value.GetProperty("parameters").EnumerateArray()
                .Where(static parameter => !parameter.TryGetProperty("description", out var text) || string.IsNullOrEmpty(text.GetString()))
                .Select(parameter => $"{operation.Name}: {parameter.GetProperty("name").GetString()}"))
            .ToList();

        Assert.True(silent.Count == 0, "Without a description: " + string.Join(", ", silent));
    }

    [Fact]
    public async Task Description_Evidence_NamesEachThatThereIs()
    {
        using var description = JsonDocument.Parse(await fixture.App.GetAsync("/openapi/v1.json"));

        var text = description.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("AnomalyStretch").GetProperty("properties").GetProperty("evidence").GetProperty("description").GetString()!;

        Assert.All(Enum.GetValues<EvidenceKind>().Where(static kind => kind != EvidenceKind.None), kind => Assert.Matches($@"\b{kind.ToString().ToLowerInvariant()}\b", text));
    }

    [Fact]
    public async Task Description_EveryOperationThatTakesABody_SaysWhichMediaTypes()
    {
        // What these do is all in their address.
        string[] bodiless = ["/api/hub-check", "/api/alerts/{id}/ack", "/api/damages/{id}/ack", "/api/settings/channels/{name}/test", "/api/plots/{name}/run", "/api/notifications/retry",
            "/api/settings/sources/{name}/poison/{id}/retry", "/api/backups"];

        var silent = (await PathsAsync())
            .Where(path => !bodiless.Contains(path.Name))
            .SelectMany(static path => path.Value.EnumerateObject().Select(operation => (Name: $"{operation.Name} {path.Name}", operation.Value)))
            .Where(static operation => operation.Name.StartsWith("post ", StringComparison.Ordinal) || operation.Name.StartsWith("put ", StringComparison.Ordinal))
            .Where(static operation => !operation.Value.TryGetProperty("requestBody", out var body) || !body.GetProperty("content").EnumerateObject().Any())
            .Select(static operation => operation.Name)
            .ToList();

        Assert.True(silent.Count == 0, "Without a body: " + string.Join(", ", silent));
    }

    private async Task<IReadOnlyList<JsonProperty>> PathsAsync() =>
        [.. JsonDocument.Parse(await fixture.App.GetAsync("/openapi/v1.json")).RootElement.GetProperty("paths").EnumerateObject()];

    private IEnumerable<string> Mapped() =>
        fixture.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(static endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is null)
            // What other products' clients ask for by habit may stay undescribed, but nothing under /api.
            .Where(static endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal)
                || endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not { ExcludeFromDescription: true })
            .SelectMany(static endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
                .Select(method => (Method: method, Path: "/" + Constraint().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), "{$1}"))))
            .Where(static route => !s_notApi.Any(prefix => route.Path.StartsWith(prefix, StringComparison.Ordinal)) && !Path.HasExtension(route.Path))
            .Select(static route => $"{route.Method} {route.Path.TrimEnd('/')}");

    [GeneratedRegex(@"\{(\w+)[:?][^}]*\}")]
    private static partial Regex Constraint();
}
