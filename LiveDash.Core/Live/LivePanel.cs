using LiveDash.Core.Engine;

namespace LiveDash.Core.Live;

/// <summary>
/// What one panel on one page shows. Its scope calls it under the scope's lock, so it needs none; it takes what it shows from published snapshots
/// and never waits for the engine.
/// </summary>
public abstract class LivePanel : IDisposable
{
    /// <summary>Names the panel within its page; given by the scope.</summary>
    public int Id { get; internal set; }

    /// <summary>Raised when there may be something to send; set by the scope.</summary>
    protected internal ChangeSignal? Signal { get; internal set; }

    /// <summary>True when the browser is to forget what it was sent of this panel before.</summary>
    protected bool MustReset { get; private set; } = true;

    /// <summary>Sends everything anew with the next frame, after a reconnect for instance.</summary>
    public virtual void Invalidate() => MustReset = true;

    /// <summary>Writes what changed since the last time.</summary>
    /// <param name="writer">Takes the section.</param>
    /// <param name="nowTicks">The server's clock in UTC ticks.</param>
    /// <returns>False when nothing changed and nothing was written.</returns>
    public bool WriteTo(FrameWriter writer, long nowTicks)
    {
        if (!Write(writer, nowTicks)) return false;
        MustReset = false;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes a whole section, or nothing at all.</summary>
    protected abstract bool Write(FrameWriter writer, long nowTicks);

    /// <summary>Gives the leases back.</summary>
    protected abstract void Dispose(bool disposing);
}
