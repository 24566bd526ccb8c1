using System.Net;

namespace LiveDash.Web.Security.Identity;

/// <summary>Where browsers take passkeys: under a host name, by TLS or on this machine itself (W3C Web Authentication: a relying party is a domain, in a secure context).</summary>
internal static class PasskeyPlace
{
    /// <summary>Why there are none at the address that a request was asked of; null where there are.</summary>
    public static string? Fault(HttpRequest request)
    {
        var host = request.Host.Host;
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
        {
            var instead = IPAddress.IsLoopback(address) ? $"open {request.Scheme}://localhost{(request.Host.Port is { } port ? $":{port}" : "")}{request.PathBase}/ instead" : "open this server by its name instead";
            return $"Passkeys belong to a host name, and browsers take none for {host}: {instead}.";
        }

        return request.IsHttps || IsLocal(host) ? null : $"Passkeys need TLS: open https://{host}{request.PathBase}/ instead.";
    }

    private static bool IsLocal(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
