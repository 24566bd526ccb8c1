using System.Net;
using LiveDash.Core.Configuration;

namespace LiveDash.Web.Security;

/// <summary>Refuses to listen beyond the loopback unless a setting allows it: without accounts an open port is an open door.</summary>
public static class ListenAddresses
{
    /// <summary>Checks every address that the configuration names.</summary>
    /// <exception cref="SettingsException">An address cannot be read, or an address is not of the loopback and <see cref="SecurityOptions.AllowRemote"/> is false.</exception>
    public static void Check(IConfiguration configuration, SecurityOptions options)
    {
        var faults = Named(configuration)
            .Where(static named => !IsAddress(named.Address))
            .Select(static named => $"{named.Setting} is '{named.Address}', which is no address to listen on. Write http://127.0.0.1:<port>.")
            .ToList();
        if (faults.Count > 0) throw new SettingsException(faults);
        if (options.AllowRemote) return;
        faults = Named(configuration)
            .Where(static named => !IsLoopback(named.Address))
            .Select(static named =>
                $"{named.Setting} asks to listen on '{named.Address}', which other machines can reach, and LiveDash has no accounts yet: "
                + "anybody there could read and change everything. Listen on http://127.0.0.1:<port> or http://localhost:<port>, "
                + $"or, behind a proxy that signs people in, set {SecurityOptions.Section}:AllowRemote=true.")
            .ToList();
        if (faults.Count > 0) throw new SettingsException(faults);
    }

    /// <summary>True for <c>localhost</c>, loopback IP addresses, Unix sockets and named pipes.</summary>
    internal static bool IsLoopback(string address)
    {
        BindingAddress parsed;
        try
        {
            parsed = BindingAddress.Parse(address);
        }
        catch (FormatException)
        {
            // Told by Check as what it is.
            return true;
        }

        if (parsed.IsUnixPipe || parsed.IsNamedPipe) return true;
        return parsed.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(parsed.Host, out var ip) && IPAddress.IsLoopback(ip));
    }

    private static bool IsAddress(string address)
    {
        try
        {
            BindingAddress.Parse(address);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    // What Kestrel looks at, in its order: endpoints of the section Kestrel win over urls, urls over bare ports.
    private static IEnumerable<(string Setting, string Address)> Named(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().ToList();
        if (endpoints.Count > 0) return endpoints.Select(static e => ($"{e.Path}:Url", e["Url"] ?? ""));
        if (configuration["urls"] is { Length: > 0 } urls)
        {
            return urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static url => ("urls", url));
        }

        return Ports(configuration, "http").Concat(Ports(configuration, "https"));
    }

    private static IEnumerable<(string Setting, string Address)> Ports(IConfiguration configuration, string scheme) =>
        (configuration[$"{scheme}_ports"] ?? "")
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(port => ($"{scheme}_ports", $"{scheme}://*:{port}"));
}
