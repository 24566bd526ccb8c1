using System.Net;
using System.Net.Sockets;

namespace LiveDash.Core.Notifications;

/// <summary>
/// Lets notices go to public addresses and to those an administrator listed: checked on the address that is connected to, after the name was
/// resolved, so that a name that changes its address gains nothing. Thread-safe.
/// </summary>
internal sealed class AddressGuard(NotificationOptions options)
{
    // IANA's registries of special-purpose addresses: those that are not reachable from everywhere, and those that are no host's. Of a translator's own prefix (RFC 8215) nobody knows where in it
    // an IPv4 address begins.
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16",
            "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "::/127", "64:ff9b:1::/48", "100::/64",
            "100:0:0:1::/64", "2001:2::/48", "2001:10::/28", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(static text => IPNetwork.Parse(text)),
    ];

    // Networks whose addresses stand for an IPv4 address that is part of them, and at which byte it begins: NAT64 (RFC 6052), 6to4 (RFC 3056),
    // Teredo's server and, inverted, its client (RFC 4380), IPv4-compatible addresses (RFC 4291) and translated ones (RFC 2765).
    private static readonly (IPNetwork Network, int At, bool Inverted)[] Carriers =
    [
        (IPNetwork.Parse("64:ff9b::/96"), 12, false), (IPNetwork.Parse("::ffff:0:0:0/96"), 12, false), (IPNetwork.Parse("2002::/16"), 2, false),
        (IPNetwork.Parse("2001::/32"), 4, false), (IPNetwork.Parse("2001::/32"), 12, true), (IPNetwork.Parse("::/96"), 12, false),
    ];

    private static readonly IPNetwork[] Loopback = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    private readonly IReadOnlyList<IPNetwork> _listed = options.Networks;

    /// <summary>Connects to the first allowed address of the host.</summary>
    /// <exception cref="AddressRefusedException">None is allowed.</exception>
    public ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);

    /// <summary>Connects to the first allowed address of the host, for those that speak something else than HTTP.</summary>
    /// <exception cref="AddressRefusedException">None is allowed.</exception>
    public async ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var allowed = await ResolveAsync(host, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The allowed addresses of a host.</summary>
    /// <exception cref="AddressRefusedException">None is allowed.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = addresses.Where(IsAllowed).ToArray();
        if (allowed.Length > 0) return allowed;
        throw new AddressRefusedException(
            $"'{host}' is {string.Join(", ", addresses.Select(static a => a.ToString()))}, not a public address; LiveDash:Notifications:AllowedAddresses lists the networks that are allowed besides.");
    }

    /// <summary>True for a public or a listed address.</summary>
    public bool IsAllowed(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        IReadOnlyList<IPNetwork> allowed = _listed.Count > 0 ? _listed : options.TrustsLoopback() ? Loopback : [];
        if (allowed.Any(network => network.Contains(plain))) return true;
        return !NotPublic.Any(network => network.Contains(plain)) && Carried(plain).All(IsAllowed);
    }

    // What an address stands for must be allowed too: on a machine with a translator it is where the packets go.
    private static IEnumerable<IPAddress> Carried(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6) yield break;
        var bytes = address.GetAddressBytes();
        foreach (var (network, at, inverted) in Carriers)
        {
            if (!network.Contains(address)) continue;
            var part = bytes[at..(at + 4)];
            yield return new IPAddress(inverted ? [.. part.Select(static b => (byte)~b)] : part);
        }
    }
}
