namespace LiveDash.Core.Engine;

/// <summary>Listens until it is disposed; disposing twice does nothing more.</summary>
internal sealed class Listening : IDisposable
{
    private readonly ChangeSignal _signal;
    private ChangeListeners? _listeners;

    public Listening(ChangeListeners listeners, ChangeSignal signal)
    {
        _listeners = listeners;
        _signal = signal;
        listeners.Add(signal);
    }

    public void Dispose() => Interlocked.Exchange(ref _listeners, null)?.Remove(_signal);
}
