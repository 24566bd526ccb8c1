using System.Threading.Channels;

namespace LiveDash.Core.Engine;

/// <summary>
/// Says "something changed" without saying what: the waiter pulls the newest state. Raising it many times before the waiter looks is one change,
/// so a slow waiter costs the writer nothing. Raising is thread-safe and never waits; there is one waiter.
/// </summary>
public sealed class ChangeSignal
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private int _raised;

    /// <summary>True when it was raised and not waited for since.</summary>
    public bool IsRaised => Volatile.Read(ref _raised) != 0;

    /// <summary>Raises it.</summary>
    public void Raise()
    {
        if (Volatile.Read(ref _raised) != 0 || Interlocked.Exchange(ref _raised, 1) != 0) return;
        _channel.Writer.TryWrite(true);
    }

    /// <summary>Waits until it is raised, and lowers it. What changed before the return is seen by whoever reads afterwards.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        await _channel.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        Interlocked.Exchange(ref _raised, 0);
    }
}
