namespace LiveDash.Web.Api.Reading;

/// <summary>
/// What all answers of Server-Sent Events have in common: the head, the end without a fault when the reader leaves or the app stops, and a comment every 15 s, which keeps
/// proxies from closing a quiet stream and finds readers that have gone. Stateless.
/// </summary>
internal static class EventStream
{
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Begins the answer and runs until the reader leaves, or the app stops.</summary>
    public static async Task RunAsync(HttpContext context, Func<HttpResponse, CancellationToken, Task> run)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        // nginx would hold events back until its buffer is full.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await context.Response.StartAsync(stopping.Token);
            await context.Response.Body.FlushAsync(stopping.Token);
            await run(context.Response, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The reader has gone, or the app stops: the stream just ends, and a browser connects anew by itself.
        }
    }

    /// <summary>Waits for something to tell; says meanwhile that it is still here.</summary>
    public static async Task<T> WaitAsync<T>(HttpResponse response, Func<CancellationToken, Task<T>> wait, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var quiet = new CancellationTokenSource(s_heartbeat, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, cancellationToken);
            try
            {
                return await wait(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                await response.WriteAsync(": still here\n\n", cancellationToken);
            }
        }
    }
}
