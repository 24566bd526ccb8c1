using System.Collections.Concurrent;
using LiveDash.Core.Accounts;

namespace LiveDash.Web.Security.Circuits;

/// <summary>Knows every circuit and who opened it. Thread-safe.</summary>
internal sealed class OpenCircuits(SessionBook sessions, ShareBook shares, TimeProvider time)
{
    // Bounded by the circuits, which are bounded by user and address.
    private readonly ConcurrentDictionary<CircuitGate, bool> _open = new();

    /// <summary>All of them.</summary>
    public IEnumerable<CircuitGate> All => _open.Keys;

    /// <summary>Adds one.</summary>
    public void Add(CircuitGate gate) => _open[gate] = true;

    /// <summary>Forgets one.</summary>
    public void Remove(CircuitGate gate) => _open.TryRemove(gate, out _);

    /// <summary>Whether who opened a circuit may still do what they might then. Who was named by a proxy is so for as long as the connection.</summary>
    public bool Lasts(CircuitGate gate)
    {
        if (gate.Share is { } share) return shares.Find(share, time.GetUtcNow()) is not null;
        if (gate.Session is not { } session) return gate.UserId?.StartsWith("proxy:", StringComparison.Ordinal) == true;
        return sessions.Acting(session, time.GetUtcNow()) is { } acting && acting.User.Role == gate.Role;
    }

    /// <summary>From which address whoever opened a circuit signed in; empty where it is not known.</summary>
    public string AddressOf(CircuitGate gate) => gate.Session is { } id && sessions.Acting(id, time.GetUtcNow()) is { } acting ? acting.Session.Address : "";

    /// <summary>Ends those whose time is over, and notes the others as used: an open page is a session in use.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var gate in _open.Keys)
        {
            if (!Lasts(gate)) gate.End();
            else if (gate.Session is { } id && sessions.Acting(id, time.GetUtcNow()) is { } acting) await sessions.UseAsync(acting.Session, time.GetUtcNow(), cancellationToken);
        }
    }
}
