namespace LiveDash.Core.Accounts;

/// <summary>One sign-in of one browser, as it is kept: the browser's cookie names it, and it ends here. Immutable.</summary>
public sealed record AccountSession
{
    /// <summary>Which one: 128 random bits. It opens nothing by itself, since the cookie that holds it is encrypted.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required string UserId { get; init; }

    /// <summary>The account's security stamp when it began: with another one it has ended.</summary>
    public required string Stamp { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset BeganAt { get; init; }

    /// <summary>When it was used last, to <see cref="SessionBook.Grain"/>.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>From which address it began.</summary>
    public string Address { get; init; } = "";

    /// <summary>What the browser called itself, cut to 200 characters.</summary>
    public string Agent { get; init; } = "";

    /// <summary>How it was signed in: <c>password</c>, <c>first-run</c>, <c>invitation</c>, <c>reset</c>, <c>oidc</c>, <see cref="ByPasskey"/>, or what <see cref="WithPasskey"/> makes of one of them.</summary>
    public string Method { get; init; } = "password";

    /// <summary>True where no code is asked for here: somebody else looks after the factors of signing in, or a passkey was one.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool HasOwnFactors => Method is "oidc" or ByPasskey || Method.EndsWith(AndPasskey, StringComparison.Ordinal);

    /// <summary>True where a passkey was shown when it began.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool BeganByPasskey => Method is ByPasskey || (Method.EndsWith(AndPasskey, StringComparison.Ordinal) && Method != Renewed);

    /// <summary>The method of a session that goes on from this one, in which nothing but the password was shown anew: it has the factors of this one, and no passkey was shown when it began.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string MethodAfterPassword => BeganByPasskey ? Renewed : Method;

    /// <summary>The method of a passkey in the place of a password.</summary>
    public const string ByPasskey = "passkey";

    private const string AndPasskey = "+passkey";
    private const string Renewed = "renewed" + AndPasskey;

    /// <summary>A method with a passkey as its second half.</summary>
    public static string WithPasskey(string method) => method + AndPasskey;
}
