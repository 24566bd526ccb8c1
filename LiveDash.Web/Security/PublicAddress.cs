using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LiveDash.Web.Security;

/// <summary>
/// The app's own address as a browser would ask for it, for links that leave by log or mail: made of settings alone, never of what a request calls the host. A wildcard is no
/// address, and the host must be one that is answered to. Thread-safe.
/// </summary>
internal sealed class PublicAddress(SecurityState state, IServer server, IConfiguration configuration)
{
    /// <summary>The address without a slash behind it, such as <c>https://dash.example.org/dash</c>.</summary>
    public string Base()
    {
        var listened = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
        var path = configuration["PathBase"]?.Trim('/') is { Length: > 0 } below ? "/" + below : "";
        var name = (configuration["AllowedHosts"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault(static host => host is not ("*" or "localhost" or "127.0.0.1" or "[::1]"));
        if (state.Proxies.Count > 0 && name is not null) return $"https://{name}{path}";
        var parsed = BindingAddress.Parse(listened);
        var host = name ?? (parsed.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : parsed.Host);
        return $"{parsed.Scheme}://{host}:{parsed.Port}{path}";
    }
}
