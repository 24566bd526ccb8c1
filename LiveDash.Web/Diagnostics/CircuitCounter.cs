using Microsoft.AspNetCore.Components.Server.Circuits;

namespace LiveDash.Web.Diagnostics;

/// <summary>Counts the circuits: one an open tab. Thread-safe.</summary>
public sealed class CircuitCounter : CircuitHandler
{
    private int _open;
    private int _connected;
    private long _opened;

    /// <summary>Circuits alive, those that lost their connection and may come back included.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Circuits with a browser on the other end now.</summary>
    public int Connected => Volatile.Read(ref _connected);

    /// <summary>Circuits opened since the start.</summary>
    public long Opened => Volatile.Read(ref _opened);

    /// <inheritdoc/>
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _open);
        Interlocked.Increment(ref _opened);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Decrement(ref _open);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _connected);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Decrement(ref _connected);
        return Task.CompletedTask;
    }
}
