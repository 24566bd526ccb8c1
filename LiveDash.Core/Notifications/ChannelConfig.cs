namespace LiveDash.Core.Notifications;

/// <summary>Where notices go, as a user writes it. Immutable; nothing is checked here, see <see cref="ChannelValidator"/>.</summary>
public sealed record ChannelConfig
{
    /// <summary>What rules call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>True where rules that name no channel tell this one.</summary>
    public bool? Default { get; init; }

    /// <summary><c>webhook</c>, <c>slack</c>, <c>alertmanager</c>, <c>mail</c>, <c>command</c> or <c>log</c>.</summary>
    public string Kind { get; init; } = "webhook";

    /// <summary>For the three that post: an http or https address.</summary>
    public string? Url { get; init; }

    /// <summary>For the three that post: headers to send besides.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>For a webhook: the body, with <c>{rule}</c>, <c>{series}</c>, <c>{value}</c>, <c>{severity}</c>, <c>{state}</c>, <c>{message}</c>,
    /// <c>{count}</c> and <c>{key}</c> filled in, escaped for a JSON string; none for the usual JSON.</summary>
    public string? Template { get; init; }

    /// <summary>For the three that post: signs the body by HMAC-SHA256 in <c>X-LiveDash-Signature</c>.</summary>
    public string? Secret { get; init; }

    /// <summary>For mail: the server.</summary>
    public string? Host { get; init; }

    /// <summary>For mail: the server's port, default 25.</summary>
    public int? Port { get; init; }

    /// <summary>For mail: the sender's address.</summary>
    public string? From { get; init; }

    /// <summary>For mail: the receivers' addresses.</summary>
    public IReadOnlyList<string>? To { get; init; }

    /// <summary>For mail: the user who signs in; none to send without.</summary>
    public string? User { get; init; }

    /// <summary>For mail: the user's password; kept and not shown, and sent over TLS alone.</summary>
    public string? Password { get; init; }

    /// <summary>For mail: true for TLS: from the first byte on port 465, by STARTTLS elsewhere.</summary>
    public bool? Tls { get; init; }

    /// <summary>For a command: the program's path; the notice comes on its standard input as JSON.</summary>
    public string? Command { get; init; }
}
