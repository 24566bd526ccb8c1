using System.Net;

namespace LiveDash.Web.Listeners;

/// <summary>What can be started and stopped at an endpoint: sockets, or a server of its own for HTTP. Started and stopped by one caller at a time.</summary>
internal interface IListenerServer
{
    /// <summary>Listens, and says where: the true port where 0 was asked for.</summary>
    /// <exception cref="IOException">The endpoint cannot be had.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The endpoint cannot be had.</exception>
    Task<EndPoint> StartAsync(IPEndPoint endpoint, CancellationToken cancellationToken);

    /// <summary>Closes everything and returns once nothing runs any more. Does nothing where it was not started.</summary>
    Task StopAsync();
}
