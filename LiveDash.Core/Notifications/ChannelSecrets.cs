namespace LiveDash.Core.Notifications;

/// <summary>
/// Keeps what was given in confidence from being shown back: signing secrets, and headers that carry a token. Stateless, so safe on any thread.
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
        Secret = string.IsNullOrEmpty(channel.Secret) ? channel.Secret : Hidden,
        Headers = channel.Headers?.ToDictionary(static h => h.Key, static h => IsSecret(h.Key) && h.Value.Length > 0 ? Hidden : h.Value, StringComparer.Ordinal),
    };

    /// <summary>A channel as somebody gave it back, with the secrets it had.</summary>
    /// <param name="channel">The channel, with <see cref="Hidden"/> where nothing else was written.</param>
    /// <param name="old">The channel as it was; null for a new one.</param>
    public static ChannelConfig Restore(ChannelConfig channel, ChannelConfig? old) => channel with
    {
        Secret = channel.Secret == Hidden ? old?.Secret : channel.Secret,
        Headers = channel.Headers?.ToDictionary(static h => h.Key, h => h.Value == Hidden ? old?.Headers?.GetValueOrDefault(h.Key) ?? "" : h.Value, StringComparer.Ordinal),
    };
}
