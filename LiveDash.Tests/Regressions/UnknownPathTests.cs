using System.Net;
using LiveDash.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Regressions;

/// <summary>A path that is not there costs no more than one that is: a page of another site could ask for thousands of them as images.</summary>
public sealed class UnknownPathTests : IAsyncLifetime
{
    private const int Requests = 50;
    private readonly CostMeter _meter = new();
    private LiveApp _app = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => _app = await LiveApp.StartAsync(builder => builder.Services.AddSingleton<IStartupFilter>(_meter));

    /// <inheritdoc/>
    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("/no-such-picture.png")]
    [InlineData("/api/no-such-route")]
    [InlineData("/api/rules/x/y/z")]
    [InlineData("/css/none.css")]
    public async Task UnknownPath_Asked_AllocatesAtMostTwiceAKnownOne(string path)
    {
        await AskAsync("/api/rules/no-such-rule");
        await AskAsync(path);
        var known = await AskAsync("/api/rules/no-such-rule");
        var unknown = await AskAsync(path);
        Assert.True(unknown <= known * 2, $"{unknown:N0} bytes a request, {known:N0} for one that is known");
    }

    [Theory]
    [InlineData("DELETE", "/api/rules", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/api/alerts/", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/openapi/v1.json", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/openapi/v1.text", HttpStatusCode.NotFound)]
    [InlineData("POST", "/API/Rules/Some-Id", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/api/rules//", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/nothing", HttpStatusCode.NotFound)]
    public async Task WrongMethod_EveryFormOfPath_IsToldApartFromNothing(string method, string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await _app.Client.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
    }

    // The least of many: a request that goes on elsewhere, or into which the compiler breaks, says nothing.
    private async Task<long> AskAsync(string path)
    {
        _meter.Least = long.MaxValue;
        for (var i = 0; i < Requests; i++)
        {
            using var answer = await _app.Client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        return _meter.Least;
    }

    /// <summary>What a request allocates on its way through the whole app, where it stays on one thread.</summary>
    private sealed class CostMeter : IStartupFilter
    {
        public long Least { get; set; } = long.MaxValue;

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (HttpContext context, RequestDelegate rest) =>
            {
                var (thread, before) = (Environment.CurrentManagedThreadId, GC.GetAllocatedBytesForCurrentThread());
                await rest(context);
                if (thread == Environment.CurrentManagedThreadId) Least = Math.Min(Least, GC.GetAllocatedBytesForCurrentThread() - before);
            });
            next(app);
        };
    }
}
