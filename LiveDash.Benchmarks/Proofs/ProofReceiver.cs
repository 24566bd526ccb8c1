using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>A receiver of webhooks that answers as told, and counts what it took: each alert's key and kind, only where it answered with success.</summary>
internal sealed class ProofReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ProofReceiver(WebApplication app) => _app = app;

    /// <summary>How often each notice was taken, by its key.</summary>
    public ConcurrentDictionary<string, int> Taken { get; } = new(StringComparer.Ordinal);

    /// <summary>Of which series it was told what: the kinds in the order they came.</summary>
    public ConcurrentDictionary<string, ConcurrentQueue<string>> Told { get; } = new(StringComparer.Ordinal);

    /// <summary>Requests that came, whatever was answered.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Says what to do with a request by its number: a status, 0 to cut the connection, -1 to hang until it is cut.</summary>
    public Func<long, int> Answer { get; set; } = static _ => 200;

    /// <summary>How long it takes to answer, once it has taken a notice.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Where it listens.</summary>
    public string Address => _app.Urls.Single() + "/hook";

    private long _requests;

    /// <summary>Starts it on a free port.</summary>
    public static async Task<ProofReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new ProofReceiver(app);
        app.MapPost("/hook", receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var answer = Answer(Interlocked.Increment(ref _requests));
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        if (answer == 0)
        {
            context.Abort();
            return;
        }

        if (answer < 0)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            return;
        }

        context.Response.StatusCode = answer;
        if (answer >= 300) return;
        foreach (var alert in body.RootElement.GetProperty("alerts").EnumerateArray())
        {
            if (!alert.TryGetProperty("key", out _))
            {
                // An Alertmanager's own form: a fingerprint, and firing or resolved.
                Told.GetOrAdd(alert.GetProperty("fingerprint").GetString()!, static _ => new()).Enqueue(alert.GetProperty("status").GetString()!);
                continue;
            }

            Taken.AddOrUpdate(alert.GetProperty("key").GetString()!, 1, static (_, count) => count + 1);
            Told.GetOrAdd(alert.GetProperty("series").GetString()!, static _ => new()).Enqueue(alert.GetProperty("kind").GetString()!);
        }

        if (Delay > TimeSpan.Zero) await Task.Delay(Delay);
    }
}
