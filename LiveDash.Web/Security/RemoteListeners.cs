using System.Net;
using LiveDash.Core.Configuration;
using Microsoft.AspNetCore.Connections;

namespace LiveDash.Web.Security;

/// <summary>
/// Refuses to listen on an address that is not of the loopback, at the moment it is bound: whichever setting it came from, and whichever of several Kestrel
/// chose. Addresses that may be listened on go to the usual transport.
/// </summary>
internal sealed class RemoteListeners(SecurityState state) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => state.Mode == SecurityMode.Loopback && endpoint is IPEndPoint ip && !IPAddress.IsLoopback(ip.Address);

    /// <inheritdoc/>
    /// <exception cref="SettingsException">Always: it is asked for none but those.</exception>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => throw new SettingsException(
        [$"'{endpoint}' was to be listened on, which other machines can reach, and {SecurityOptions.Section}:Mode is loopback. Listen on http://127.0.0.1:<port>, or set {SecurityOptions.Section}:Mode=accounts, and people sign in."]);
}
