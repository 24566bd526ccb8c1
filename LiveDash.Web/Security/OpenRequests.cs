using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Features;

namespace LiveDash.Web.Security;

/// <summary>
/// Knows the requests under way, and ends them when the program stops: a reader that reads slowly, or an upload without an end, must not use up the time in
/// which the last state is saved. Who needs no longer than <see cref="Grace"/> is served to the end. Thread-safe.
/// </summary>
internal sealed partial class OpenRequests : IDisposable
{
    /// <summary>For how long requests go on once the program stops.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    // One for each request under way: bounded by the connections. The features and not the contexts: a context is taken apart by its own thread when its request ends,
    // and one that is looked at meanwhile throws whatever it comes upon.
    private readonly ConcurrentDictionary<IHttpRequestLifetimeFeature, bool> _open = new();
    private readonly CancellationTokenRegistration _stopping;
    private readonly TimeProvider _time;
    private readonly ILogger<OpenRequests> _logger;
    private ITimer? _timer;

    /// <summary>Made by the container.</summary>
    public OpenRequests(IHostApplicationLifetime lifetime, TimeProvider time, ILogger<OpenRequests> logger)
    {
        (_time, _logger) = (time, logger);
        _stopping = lifetime.ApplicationStopping.Register(() => _timer = _time.CreateTimer(_ => EndAll(), null, Grace, Again));
    }

    /// <summary>How many there are.</summary>
    public int Count => _open.Count;

    /// <summary>Runs a request and knows of it.</summary>
    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        _open[request] = true;
        try
        {
            await next(context);
        }
        finally
        {
            _open.TryRemove(request, out _);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        _timer?.Dispose();
    }

    private void EndAll()
    {
        foreach (var request in _open.Keys)
        {
            try
            {
                request.Abort();
            }
            catch (Exception exception)
            {
                // It has ended by itself since. On a timer's thread what is not caught ends the process, in the middle of saving.
                LogNotEnded(_logger, exception);
            }
        }
    }

    [LoggerMessage(6301, LogLevel.Debug, "A request could not be ended; it has ended by itself")]
    private static partial void LogNotEnded(ILogger logger, Exception exception);
}
