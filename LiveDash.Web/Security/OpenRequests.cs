using System.Collections.Concurrent;

namespace LiveDash.Web.Security;

/// <summary>
/// Knows the requests under way, and ends them when the program stops: a reader that reads slowly, or an upload without an end, must not use up the time in
/// which the last state is saved. Who needs no longer than <see cref="Grace"/> is served to the end. Thread-safe.
/// </summary>
internal sealed class OpenRequests : IDisposable
{
    /// <summary>For how long requests go on once the program stops.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    // One for each request under way: bounded by the connections.
    private readonly ConcurrentDictionary<HttpContext, bool> _open = new();
    private readonly CancellationTokenRegistration _stopping;
    private readonly TimeProvider _time;
    private ITimer? _timer;

    /// <summary>Made by the container.</summary>
    public OpenRequests(IHostApplicationLifetime lifetime, TimeProvider time)
    {
        _time = time;
        _stopping = lifetime.ApplicationStopping.Register(() => _timer = _time.CreateTimer(_ => EndAll(), null, Grace, Again));
    }

    /// <summary>How many there are.</summary>
    public int Count => _open.Count;

    /// <summary>Runs a request and knows of it.</summary>
    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        _open[context] = true;
        try
        {
            await next(context);
        }
        finally
        {
            _open.TryRemove(context, out _);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        _timer?.Dispose();
    }

    /// <summary>How many under way are so.</summary>
    public int CountOf(Func<HttpContext, bool> which) => _open.Keys.Count(context => Is(context, which));

    /// <summary>Cuts those under way that are so.</summary>
    public void End(Func<HttpContext, bool> which)
    {
        foreach (var context in _open.Keys)
        {
            if (Is(context, which)) Abort(context);
        }
    }

    private static bool Is(HttpContext context, Func<HttpContext, bool> which)
    {
        try
        {
            return which(context);
        }
        catch (Exception e) when (e is ObjectDisposedException or NullReferenceException)
        {
            // It has ended by itself since, and its parts are taken away.
            return false;
        }
    }

    private static void Abort(HttpContext context)
    {
        try
        {
            context.Abort();
        }
        catch (Exception)
        {
            // It has ended by itself since, and its own thread takes it apart meanwhile. On a timer's thread what is not caught ends the process, in the middle of saving.
        }
    }

    private void EndAll() => End(static _ => true);
}
