namespace LiveDash.Web.Api.Windows;

/// <summary>What one stream or query holds of <see cref="StreamPlaces"/>; given back on disposal. For one request at a time.</summary>
internal sealed class StreamPlace(StreamPlaces places, string client, bool isStream, int windows) : IDisposable
{
    private int _windows = windows;
    private int _used;
    private bool _given;

    /// <summary>Takes one window of those it began with, or one more.</summary>
    /// <param name="refusal">Which bound stands against one more; null where none does.</param>
    public bool TryUse(out string? refusal)
    {
        refusal = null;
        if (_used == _windows)
        {
            if (!places.TryAdd(client, 1, out refusal)) return false;
            _windows++;
        }

        _used++;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_given) return;
        _given = true;
        places.GiveBack(client, isStream, _windows);
    }
}
