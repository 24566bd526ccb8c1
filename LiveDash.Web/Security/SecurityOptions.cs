namespace LiveDash.Web.Security;

/// <summary>Who may reach the app; the settings under <c>LiveDash:Security</c>.</summary>
public sealed class SecurityOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "LiveDash:Security";

    /// <summary>
    /// How the app knows who asks: <c>loopback</c>, <c>accounts</c>, <c>proxy</c> or <c>open</c>; see <see cref="SecurityMode"/>. Default: <c>loopback</c> while
    /// it listens there alone, and <c>accounts</c> as soon as it listens beyond.
    /// </summary>
    public string? Mode { get; set; }

    /// <summary>
    /// Other origins whose pages may connect and send, such as <c>https://dash.example.org</c> behind a proxy that ends TLS. Default none:
    /// only pages of the app itself may. Scheme, host and port, without a path.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>How many pages of one account may have a live connection at once. Default 100.</summary>
    public int MaxCircuitsPerUser { get; set; } = 100;

    /// <summary>How many pages of one address may. Default 1,000: behind one address there may be a whole office, and a wall of screens.</summary>
    public int MaxCircuitsPerAddress { get; set; } = 1_000;

    /// <summary>Proxies, by address or network, whose <c>X-Forwarded-*</c> headers are believed. Default none.</summary>
    public IList<string> KnownProxies { get; } = [];
}
