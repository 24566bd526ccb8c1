using LiveDash.Core.Live;
using Microsoft.JSInterop;

namespace LiveDash.Web.LiveView;

/// <summary>
/// Sends one browser its frames, one a circuit. The next frame is built only after the last was painted, from the newest state, so a slow or hidden
/// page gets fewer frames and nothing queues up. At a low rate each change is a frame of its own, sent at once.
/// While the connection is down nothing is sent; after it is back every panel is sent anew. All members are thread-safe.
/// </summary>
public sealed partial class FramePump(WindowScope scope, IFrameSink sink, TimeProvider time, ILogger<FramePump> logger) : IAsyncDisposable, IDisposable
{
    /// <summary>The shortest time from frame to frame: 30 a second, more than an eye reads numbers at.</summary>
    public static TimeSpan MinInterval { get; } = TimeSpan.FromMilliseconds(33);

    private static readonly TimeSpan s_afterFault = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private TaskCompletionSource? _down;
    private TaskCompletionSource? _pause;
    private CancellationTokenSource? _sending;
    private Task _loop = Task.CompletedTask;
    private bool _started;

    /// <summary>How many frames were painted.</summary>
    public long Frames { get; private set; }

    /// <summary>How many frames could not be built.</summary>
    public long Faults { get; private set; }

    /// <summary>Starts sending; calling it again does nothing.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_started || _end.IsCancellationRequested) return;
            _started = true;
            _loop = Task.Run(() => RunAsync(_end.Token));
        }
    }

    /// <summary>The connection is lost: what is under way will not be acknowledged.</summary>
    public void Disconnected()
    {
        lock (_gate)
        {
            _down ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _sending?.Cancel();
        }
    }

    /// <summary>The connection is back: every panel is sent anew, because frames may have been lost.</summary>
    public void Connected()
    {
        TaskCompletionSource? down;
        lock (_gate) (down, _down) = (_down, null);
        if (down is null) return;
        scope.Invalidate();
        down.TrySetResult();
    }

    /// <summary>
    /// Holds the frames back while somebody looks at something, or lets them go again; then the newest state is sent. What arrives meanwhile is not lost.
    /// </summary>
    public void Pause(bool paused)
    {
        TaskCompletionSource? ended = null;
        lock (_gate)
        {
            if (paused) _pause ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            else (ended, _pause) = (_pause, null);
        }

        ended?.TrySetResult();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop;
    }

    /// <summary>Ends without waiting for the frame under way; for containers that cannot wait.</summary>
    public void Dispose() => _end.Cancel();

    private async Task RunAsync(CancellationToken end)
    {
        try
        {
            while (true)
            {
                await scope.Signal.WaitAsync(end);
                while (Held() is { } held) await held.WaitAsync(end);
                if (Build() is not { } frame) continue;
                var begun = time.GetTimestamp();
                await SendAsync(frame, end);
                var rest = MinInterval - time.GetElapsedTime(begun);
                if (rest > TimeSpan.Zero) await Task.Delay(rest, time, end);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            LogEnded(logger, Frames);
        }
        catch (JSDisconnectedException)
        {
            LogEnded(logger, Frames);
        }
    }

    // A panel that fails once must not leave the whole page without a frame for ever.
    private byte[]? Build()
    {
        try
        {
            return scope.BuildFrame();
        }
        catch (Exception fault)
        {
            Faults++;
            LogNotBuilt(logger, fault, Faults);
            scope.Invalidate();
            return null;
        }
    }

    private async Task SendAsync(byte[] frame, CancellationToken end)
    {
        using var sending = CancellationTokenSource.CreateLinkedTokenSource(end);
        lock (_gate)
        {
            if (_down is not null) return;
            _sending = sending;
        }

        try
        {
            await sink.SendAsync(frame, sending.Token);
            Frames++;
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            // The connection went down; Connected sends everything anew.
        }
        catch (JSException fault)
        {
            LogFault(logger, fault);
            await Task.Delay(s_afterFault, time, end);
            scope.Invalidate();
        }
        finally
        {
            lock (_gate) _sending = null;
        }
    }

    private Task? Held()
    {
        lock (_gate) return (_down ?? _pause)?.Task;
    }

    [LoggerMessage(EventId = 6001, Level = LogLevel.Warning, Message = "A page could not take a frame; it is sent anew")]
    private static partial void LogFault(ILogger logger, Exception fault);

    [LoggerMessage(EventId = 6003, Level = LogLevel.Error, Message = "A page's frame could not be built, {Faults} so far; it is built anew")]
    private static partial void LogNotBuilt(ILogger logger, Exception fault, long faults);

    [LoggerMessage(EventId = 6002, Level = LogLevel.Debug, Message = "A page's frames ended after {Frames}")]
    private static partial void LogEnded(ILogger logger, long frames);
}
