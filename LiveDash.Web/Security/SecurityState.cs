using System.Net;
using LiveDash.Core.Configuration;
using IPNetwork = System.Net.IPNetwork;

namespace LiveDash.Web.Security;

/// <summary>What the settings of security come to, found once at start. Immutable.</summary>
/// <param name="Mode">How the app knows who asks.</param>
/// <param name="Proxies">The networks of listed proxies; a single address is a network of one.</param>
public sealed record SecurityState(SecurityMode Mode, IReadOnlyList<IPNetwork> Proxies)
{
    private static readonly string[] s_names = [.. Enum.GetNames<SecurityMode>().Select(static name => name.ToLowerInvariant())];

    /// <summary>Origins whose pages may show walls and share links in a frame.</summary>
    public IReadOnlyList<string> FrameAncestors { get; init; } = [];

    /// <summary>True where people and senders have to say who they are.</summary>
    public bool AsksWho => Mode is SecurityMode.Accounts or SecurityMode.Proxy;

    /// <summary>True where nothing keeps listeners on the loopback.</summary>
    public bool ListensAnywhere => Mode == SecurityMode.Open;

    /// <summary>
    /// Reads the settings. Where no mode is set it is <see cref="SecurityMode.Loopback"/> as long as the main port listens there alone, and
    /// <see cref="SecurityMode.Accounts"/> from the moment it listens beyond.
    /// </summary>
    /// <exception cref="SettingsException">A setting cannot be read, or an address would let a password cross a network in the clear.</exception>
    public static SecurityState Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(SecurityOptions.Section);
        if (section.GetValue<bool>("AllowRemote"))
        {
            throw new SettingsException([$"{SecurityOptions.Section}:AllowRemote is no setting any more. Leave it out: beyond the loopback people sign in now. "
                + $"Or set {SecurityOptions.Section}:Mode=open to let everybody who reaches it do everything."]);
        }

        var proxies = ReadProxies(section.GetSection("KnownProxies").Get<string[]>() ?? []);
        var said = section["Mode"];
        var isRemote = ListenAddresses.Remote(configuration).Any();
        SecurityMode mode;
        if (string.IsNullOrWhiteSpace(said)) mode = isRemote ? SecurityMode.Accounts : SecurityMode.Loopback;
        else if (!s_names.Contains(said.Trim().ToLowerInvariant())) throw new SettingsException([$"{SecurityOptions.Section}:Mode is '{said}'; it is one of {string.Join(", ", s_names)}."]);
        else mode = Enum.Parse<SecurityMode>(said.Trim(), ignoreCase: true);
        var state = new SecurityState(mode, proxies) { FrameAncestors = FrameOrigins.Read(configuration) };
        ListenAddresses.Check(configuration, state);
        return state;
    }

    /// <summary>True for an address of a listed proxy.</summary>
    public bool IsProxy(IPAddress? address)
    {
        if (address is null) return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Proxies.Any(network => network.Contains(plain));
    }

    private static List<IPNetwork> ReadProxies(string[] texts)
    {
        var proxies = new List<IPNetwork>();
        foreach (var text in texts)
        {
            if (IPNetwork.TryParse(text, out var network)) proxies.Add(network);
            else if (IPAddress.TryParse(text, out var address)) proxies.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else throw new SettingsException([$"{SecurityOptions.Section}:KnownProxies: '{text}' is neither an address such as 10.0.0.7 nor a network such as 10.0.0.0/8."]);
        }

        return proxies;
    }
}
