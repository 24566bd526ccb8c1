namespace LiveDash.Web.Security;

/// <summary>Who may reach the app; the settings under <c>LiveDash:Security</c>.</summary>
public sealed class SecurityOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "LiveDash:Security";

    /// <summary>
    /// Whether addresses other than the loopback may be listened on. Default false: there are no accounts yet, so whoever reaches the port
    /// may read and change everything. With true, put a reverse proxy that signs people in before it, and name its host in <c>AllowedHosts</c>.
    /// </summary>
    public bool AllowRemote { get; set; }

    /// <summary>
    /// Other origins whose pages may connect and send, such as <c>https://dash.example.org</c> behind a proxy that ends TLS. Default none:
    /// only pages of the app itself may. Scheme, host and port, without a path.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Proxies, by address or network, whose <c>X-Forwarded-*</c> headers are believed. Default none.</summary>
    public IList<string> KnownProxies { get; } = [];
}
