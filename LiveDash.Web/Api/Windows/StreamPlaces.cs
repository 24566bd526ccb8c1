using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using Microsoft.Extensions.Logging;

namespace LiveDash.Web.Api.Windows;

/// <summary>
/// Counts the open event streams and the windows that they and window queries hold, by client and in all, and bounds them: each holds memory for as long
/// as it likes. Which bound was hit is told to who hit it, counted, and logged once an episode. Thread-safe.
/// </summary>
internal sealed partial class StreamPlaces(Limits limits, LiveEngine engine, ILogger<StreamPlaces> logger)
{
    // So many windows given back at once are worth a collection that returns their memory to the machine.
    private const int ManyWindows = 2_000;

    private readonly Lock _gate = new();

    // One for each client that has a stream or windows now.
    private readonly Dictionary<string, (int Streams, int Windows)> _clients = new(StringComparer.Ordinal);
    private int _streams;
    private int _windows;
    private int _givenBack;
    private long _refused;
    private bool _isRefusing;

    /// <summary>How many streams are open.</summary>
    public int Taken
    {
        get { lock (_gate) return _streams; }
    }

    /// <summary>How many windows are held.</summary>
    public int Windows
    {
        get { lock (_gate) return _windows; }
    }

    /// <summary>How often a bound was hit.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Takes a place, which is given back on disposal.</summary>
    /// <param name="client">Whose it is.</param>
    /// <param name="isStream">False for a query, which holds windows for a moment.</param>
    /// <param name="windows">How many windows it begins with.</param>
    /// <param name="refusal">Which bound stands against it; null where none does.</param>
    public StreamPlace? TryTake(string client, bool isStream, int windows, out string? refusal)
    {
        lock (_gate)
        {
            refusal = Refusal_NeedsLock(client, isStream ? 1 : 0, windows);
            if (refusal is null)
            {
                Change_NeedsLock(client, isStream ? 1 : 0, windows);
                return new StreamPlace(this, client, isStream, windows);
            }
        }

        NoteRefusal(refusal);
        return null;
    }

    internal bool TryAdd(string client, int windows, out string? refusal)
    {
        lock (_gate)
        {
            refusal = Refusal_NeedsLock(client, 0, windows);
            if (refusal is null)
            {
                Change_NeedsLock(client, 0, windows);
                return true;
            }
        }

        NoteRefusal(refusal);
        return false;
    }

    internal void GiveBack(string client, bool isStream, int windows)
    {
        var isMuch = false;
        lock (_gate)
        {
            Change_NeedsLock(client, isStream ? -1 : 0, -windows);
            _isRefusing = false;
            _givenBack += isStream ? windows : 0;
            isMuch = _givenBack >= ManyWindows && _windows < ManyWindows;
            if (isMuch) _givenBack = 0;
        }

        if (isMuch) _ = ReturnMemoryAsync();
    }

    // Once the shards have dropped the windows: the collector would keep what they took, for windows that may never come again.
    private async Task ReturnMemoryAsync()
    {
        try
        {
            await engine.FlushAsync(CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // The engine has stopped, and the process with it.
            return;
        }

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private string? Refusal_NeedsLock(string client, int streams, int windows)
    {
        var own = _clients.GetValueOrDefault(client);
        return streams > 0 && _streams + streams > limits.MaxStreams ? $"There are {_streams} event streams already, as many as there may be (LiveDash:Limits:MaxStreams)."
            : streams > 0 && own.Streams + streams > limits.MaxStreamsPerClient ? $"This client has {own.Streams} event streams already, as many as it may have (LiveDash:Limits:MaxStreamsPerClient)."
            : _windows + windows > limits.MaxWindows ? $"Streams and queries hold {_windows} windows, and {windows} more are over {limits.MaxWindows} (LiveDash:Limits:MaxWindows)."
            : own.Windows + windows > limits.MaxWindowsPerClient ? $"This client holds {own.Windows} windows, and {windows} more are over {limits.MaxWindowsPerClient} (LiveDash:Limits:MaxWindowsPerClient)."
            : windows > 0 && engine.WindowBytes > limits.MaxWindowBytes ? $"Windows hold {engine.WindowBytes} bytes of points, over {limits.MaxWindowBytes} (LiveDash:Limits:MaxWindowBytes); ask again when others are closed."
            : null;
    }

    private void Change_NeedsLock(string client, int streams, int windows)
    {
        _streams += streams;
        _windows += windows;
        var own = _clients.GetValueOrDefault(client);
        own = (own.Streams + streams, own.Windows + windows);
        if (own == default) _clients.Remove(client);
        else _clients[client] = own;
    }

    private void NoteRefusal(string refusal)
    {
        Interlocked.Increment(ref _refused);
        lock (_gate)
        {
            if (_isRefusing) return;
            _isRefusing = true;
        }

        LogRefused(logger, refusal);
    }

    [LoggerMessage(5201, LogLevel.Warning, "A window stream or query was refused; the next are counted until one ends: {Refusal}")]
    private static partial void LogRefused(ILogger logger, string refusal);
}
