using System.Net;
using System.Net.Sockets;

namespace LiveDash.Benchmarks.Load;

/// <summary>A port for a server that cannot choose one itself. Stateless.</summary>
internal static class FreePort
{
    /// <summary>A port of the loopback that is free now; nothing holds it until the server does.</summary>
    public static int Next()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
