using System.Net;

namespace LiveDash.Core.Ingestion.Listeners;

/// <summary>Reads where a listener listens. Stateless.</summary>
public static class ListenerEndpoint
{
    /// <summary>Reads <c>address:port</c>; <c>localhost</c> is 127.0.0.1 and <c>*</c> every address. Port 0 takes any free one.</summary>
    public static bool TryParse(string text, out IPEndPoint endpoint)
    {
        endpoint = new IPEndPoint(IPAddress.Loopback, 0);
        var colon = text.LastIndexOf(':');
        if (colon < 1 || !ushort.TryParse(text.AsSpan(colon + 1), System.Globalization.CultureInfo.InvariantCulture, out var port)) return false;
        var host = text[..colon];
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase)) endpoint = new(IPAddress.Loopback, port);
        else if (host == "*") endpoint = new(IPAddress.Any, port);
        else if (host.Contains(':', StringComparison.Ordinal) && host is not ['[', .., ']']) return false;
        else if (IPAddress.TryParse(host.Trim('[', ']'), out var address)) endpoint = new(address, port);
        else return false;
        return true;
    }
}
