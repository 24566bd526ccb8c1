using System.Net;
using LiveDash.Core.Configuration;

namespace LiveDash.Web.Security;

/// <summary>Refuses to listen beyond the loopback where whoever reaches the port could change everything, or where a password or a key would cross a network in the clear.</summary>
internal static class ListenAddresses
{
    /// <summary>Checks every address that the configuration names.</summary>
    /// <exception cref="SettingsException">An address cannot be read, or may not be listened on in this mode.</exception>
    public static void Check(IConfiguration configuration, SecurityState state)
    {
        var faults = Named(configuration)
            .Where(static named => !IsAddress(named.Address))
            .Select(static named => $"{named.Setting} is '{named.Address}', which is no address to listen on. Write http://127.0.0.1:<port>.")
            .ToList();
        if (state is { Mode: SecurityMode.Proxy, Proxies.Count: 0 }) faults.Add($"{SecurityOptions.Section}:Mode=proxy needs the proxy that signs people in: name its address in {SecurityOptions.Section}:KnownProxies.");
        if (faults.Count > 0) throw new SettingsException(faults);
        faults = [.. Remote(configuration).Select(named => Fault(named.Setting, named.Address, state)).OfType<string>()];
        if (faults.Count > 0) throw new SettingsException(faults);
    }

    /// <summary>The addresses that the configuration names and that other machines can reach, each with its setting.</summary>
    public static IEnumerable<(string Setting, string Address)> Remote(IConfiguration configuration) => Named(configuration).Where(static named => !IsLoopback(named.Address));

    private static string? Fault(string setting, string address, SecurityState state) => state switch
    {
        { Mode: SecurityMode.Open } => null,
        { Mode: SecurityMode.Loopback } =>
            $"{setting} asks to listen on '{address}', which other machines can reach, and {SecurityOptions.Section}:Mode is loopback: anybody there could read and change everything. "
            + $"Listen on http://127.0.0.1:<port>, or set {SecurityOptions.Section}:Mode=accounts, and people sign in.",
        _ when address.StartsWith("https:", StringComparison.OrdinalIgnoreCase) || state.Proxies.Count > 0 => null,
        _ => $"{setting} asks to listen on '{address}', which other machines can reach, without TLS: passwords and keys would cross the network in the clear. "
            + $"Listen on https:// with a certificate in Kestrel:Certificates:Default, or stand behind a proxy that serves by TLS and name it in {SecurityOptions.Section}:KnownProxies, "
            + $"or on the loopback alone, or set {SecurityOptions.Section}:Mode=open to let everybody do everything.",
    };

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
