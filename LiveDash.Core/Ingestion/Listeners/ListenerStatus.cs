using System.Net;

namespace LiveDash.Core.Ingestion.Listeners;

/// <summary>
/// How one listener does: where it is bound or why it is not, who is connected, what was closed and why. Thread-safe. Memory is fixed: reasons are a fixed set,
/// and addresses are those that have a connection open.
/// </summary>
public sealed class ListenerStatus(ListenerSpec spec, ListenerOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _perAddress = [];
    private readonly SortedDictionary<string, long> _closed = new(StringComparer.Ordinal);
    private readonly IPNetwork[] _networks = [.. options.AllowedNetworks.Select(static text => IPNetwork.Parse(text))];
    private int _open;
    private long _accepted;
    private string? _bound;
    private string? _error;
    private string _configured = options.Endpoint ?? spec.Default;

    /// <summary>What it is.</summary>
    public ListenerSpec Spec { get; } = spec;

    /// <summary>Its bounds.</summary>
    public ListenerOptions Options { get; } = options;

    /// <summary>What the settings ask for; empty for off.</summary>
    public string Configured
    {
        get { lock (_gate) return _configured; }
        set { lock (_gate) _configured = value; }
    }

    /// <summary>Tells that it listens.</summary>
    public void Listens(EndPoint bound)
    {
        lock (_gate)
        {
            _bound = bound.ToString();
            _error = null;
        }
    }

    /// <summary>Tells that it does not, and why; null where it was told to be off.</summary>
    public void Stopped(string? error)
    {
        lock (_gate)
        {
            _bound = null;
            _error = error;
        }
    }

    /// <summary>Whether an address may send; false, and counted, for one outside of <see cref="ListenerOptions.AllowedNetworks"/>.</summary>
    public bool MaySend(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (_networks.Length == 0) return true;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(plain) || Array.Exists(_networks, network => network.Contains(plain))) return true;
        lock (_gate) Count_NeedsLock("network");
        return false;
    }

    /// <summary>True where <see cref="MaySend"/> looks at the address at all.</summary>
    public bool AsksNetworks => _networks.Length > 0;

    /// <summary>Takes a place for a connection; false, and counted, where there is none or the address may not send.</summary>
    public bool TryOpen(IPAddress address)
    {
        if (!MaySend(address)) return false;
        lock (_gate)
        {
            var here = _perAddress.GetValueOrDefault(address);
            if (_open >= Options.MaxConnections || here >= Options.MaxConnectionsPerAddress)
            {
                Count_NeedsLock("too_many_connections");
                return false;
            }

            _perAddress[address] = here + 1;
            _open++;
            _accepted++;
            return true;
        }
    }

    /// <summary>Gives the place back.</summary>
    /// <param name="address">As it was opened.</param>
    /// <param name="reason">Why the listener closed it, or null where the sender did.</param>
    public void Close(IPAddress address, string? reason)
    {
        lock (_gate)
        {
            _open--;
            var here = _perAddress[address] - 1;
            if (here == 0) _perAddress.Remove(address);
            else _perAddress[address] = here;
            if (reason is not null) Count_NeedsLock(reason);
        }
    }

    /// <summary>How it is now.</summary>
    public ListenerSnapshot Snapshot()
    {
        lock (_gate) return new(Spec, _configured, _bound, _error, _open, _accepted, new Dictionary<string, long>(_closed));
    }

    private void Count_NeedsLock(string reason) => _closed[reason] = _closed.GetValueOrDefault(reason) + 1;
}
