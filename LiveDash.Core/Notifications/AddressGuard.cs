using System.Net;
using System.Net.Sockets;

namespace LiveDash.Core.Notifications;

/// <summary>
/// Lets notices go to public addresses and to those an administrator listed: checked on the address that is connected to, after the name was
/// resolved, so that a name that changes its address gains nothing. Thread-safe.
/// </summary>
internal sealed class AddressGuard(NotificationOptions options)
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4", "::/127", "fc00::/7", "fe80::/10", "ff00::/8",
        }.Select(static text => IPNetwork.Parse(text)),
    ];

    private readonly IReadOnlyList<IPNetwork> _allowed = options.Networks;

    /// <summary>Connects to the first allowed address of the host.</summary>
    /// <exception cref="AddressRefusedException">None is allowed.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var allowed = addresses.Where(IsAllowed).ToArray();
        if (allowed.Length == 0)
        {
            throw new AddressRefusedException(
                $"'{context.DnsEndPoint.Host}' is {string.Join(", ", addresses.Select(static a => a.ToString()))}, not a public address; LiveDash:Notifications:AllowedAddresses lists the networks that are allowed besides.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>True for a public or a listed address.</summary>
    public bool IsAllowed(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _allowed.Any(network => network.Contains(plain)) || !NotPublic.Any(network => network.Contains(plain));
    }
}
