namespace LiveDash.Core.Notifications;

/// <summary>
/// Keeps what was given in confidence from being shown back, and from being sent to another server than it was given for: signing secrets, headers that
/// carry a token, a mail user's password, and what follows the host in an address. Stateless, so safe on any thread.
/// </summary>
public static class ChannelSecrets
{
    /// <summary>What stands for a secret that was given and is not shown; given back it means the same secret.</summary>
    public const string Hidden = "***";

    private static readonly string[] Telling = ["auth", "token", "key", "secret", "password", "cookie"];

    /// <summary>True for a header whose value is shown to nobody.</summary>
    public static bool IsSecret(string header) => Telling.Any(word => header.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The channel as it may be shown.</summary>
    public static ChannelConfig Hide(ChannelConfig channel) => channel with
    {
        Url = HideUrl(channel.Url),
        Secret = string.IsNullOrEmpty(channel.Secret) ? channel.Secret : Hidden,
        Password = string.IsNullOrEmpty(channel.Password) ? channel.Password : Hidden,
        Headers = channel.Headers?.ToDictionary(static h => h.Key, static h => IsSecret(h.Key) && h.Value.Length > 0 ? Hidden : h.Value, StringComparer.Ordinal),
    };

    /// <summary>
    /// A channel as somebody gave it back, with the secrets it had. Where it leads to another scheme, host or port it gets none of them:
    /// <see cref="Hidden"/> stays, and <see cref="ChannelValidator"/> asks for it anew.
    /// </summary>
    /// <param name="channel">The channel, with <see cref="Hidden"/> where nothing else was written.</param>
    /// <param name="old">The channel as it was; null for a new one.</param>
    public static ChannelConfig Restore(ChannelConfig channel, ChannelConfig? old) => old is null ? channel : channel.Kind == "mail" ? RestoreMail(channel, old) : !LeadsToSameServer(channel.Url, old.Url) ? channel : channel with
    {
        Url = channel.Url == HideUrl(old.Url) ? old.Url : channel.Url,
        Secret = channel.Secret == Hidden ? old.Secret ?? Hidden : channel.Secret,
        Headers = channel.Headers?.ToDictionary(static h => h.Key, h => h.Value == Hidden ? ValueOf(old, h.Key) ?? Hidden : h.Value, StringComparer.Ordinal),
    };

    // A password goes to the server and user it was given for, and never again without encryption.
    private static ChannelConfig RestoreMail(ChannelConfig channel, ChannelConfig old) =>
        channel.Password == Hidden && (channel.Host, channel.Port, channel.User, channel.Tls) == (old.Host, old.Port, old.User, old.Tls) ? channel with { Password = old.Password ?? Hidden } : channel;

    // A path may hold a token, as those of Slack, Discord and Teams do, and so may a query and what stands before the host.
    private static string? HideUrl(string? address) =>
        !Uri.TryCreate(address, UriKind.Absolute, out var url) || url is { PathAndQuery: "/", UserInfo: "", Fragment: "" } ? address : $"{url.Scheme}://{url.Authority}/{Hidden}";

    private static bool LeadsToSameServer(string? address, string? old) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && Uri.TryCreate(old, UriKind.Absolute, out var there)
        && (url.Scheme, url.Host, url.Port) == (there.Scheme, there.Host, there.Port);

    private static string? ValueOf(ChannelConfig channel, string header) =>
        channel.Headers?.FirstOrDefault(one => one.Key.Equals(header, StringComparison.OrdinalIgnoreCase)).Value;
}
