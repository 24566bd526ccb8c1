using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LiveDash.Tests.Shared;

/// <summary>A receiver of webhooks on a free port: remembers what it got and answers what the test says.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app)
    {
        _app = app;
        Address = app.Urls.Single();
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>The key, signature and body of each request, in order.</summary>
    public ConcurrentQueue<(string Key, string Signature, string Body)> Received { get; } = new();

    /// <summary>Starts a receiver.</summary>
    /// <param name="answer">The status of the n-th request, counted from 0; null for 200.</param>
    /// <param name="retryAfter">What it says of when to come again; null for nothing.</param>
    public static async Task<WebhookReceiver> StartAsync(Func<int, int>? answer = null, string? retryAfter = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        WebhookReceiver? self = null;
        var count = -1;
        app.MapPost("/{**path}", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var headers = context.Request.Headers;
            self!.Received.Enqueue((headers["Idempotency-Key"].ToString(), headers["X-LiveDash-Signature"].ToString(), await reader.ReadToEndAsync()));
            var status = answer?.Invoke(Interlocked.Increment(ref count)) ?? StatusCodes.Status200OK;
            if (status is >= 300 and < 400) context.Response.Headers.Location = "/elsewhere";
            if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
            context.Response.StatusCode = status;
        });
        await app.StartAsync();
        return self = new WebhookReceiver(app);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
