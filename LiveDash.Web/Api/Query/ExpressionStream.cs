using System.Text.Json;
using LiveDash.Core.Query.Live;
using LiveDash.Web.Api.Windows;

namespace LiveDash.Web.Api.Query;

/// <summary>
/// Server-Sent Events of an expression: its answer at the start and then whenever points change it or time does, at most so many times a second; a reader that is slow gets the newest. A fault
/// is an event of its own, and the stream goes on. A comment every 15 s keeps proxies from closing a quiet stream.
/// </summary>
internal sealed class ExpressionStream(LiveQuery query, TimeProvider time, StreamPlace place) : IResult
{
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(
            httpContext.RequestAborted, httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        httpContext.Response.ContentType = "text/event-stream";
        httpContext.Response.Headers.CacheControl = "no-store";
        // nginx would hold events back until its buffer is full.
        httpContext.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await httpContext.Response.StartAsync(stopping.Token);
            await httpContext.Response.Body.FlushAsync(stopping.Token);
            await RunAsync(httpContext.Response, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The reader has gone, or the app stops: the stream just ends, and a browser connects anew by itself.
        }
        finally
        {
            query.Dispose();
            place.Dispose();
        }
    }

    private async Task RunAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        var read = 0L;
        var told = "";
        while (true)
        {
            using var quiet = new CancellationTokenSource(s_heartbeat, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, cancellationToken);
            try
            {
                var update = await query.NextAsync(read, either.Token);
                read = update.Number;
                var text = update.Result is { } result
                    ? "event: result\ndata: " + JsonSerializer.Serialize(QueryAnswer.From(result), JsonSerializerOptions.Web)
                    : "event: fault\ndata: " + JsonSerializer.Serialize(new { detail = update.Fault?.Message }, JsonSerializerOptions.Web);
                // The same fault is told once.
                if (update.Result is null && text == told) continue;
                told = text;
                await response.WriteAsync(text + "\n\n", cancellationToken);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                await response.WriteAsync(": still here\n\n", cancellationToken);
            }
        }
    }
}
