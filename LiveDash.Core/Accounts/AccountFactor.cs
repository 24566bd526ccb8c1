namespace LiveDash.Core.Accounts;

/// <summary>The second factor of an account as it is kept, encrypted at rest: the secret that an app on the person's phone shares, and the recovery codes that are left. Immutable.</summary>
public sealed record AccountFactor
{
    /// <summary>Whose it is.</summary>
    public required string UserId { get; init; }

    /// <summary>The shared secret in Base32 (RFC 4648), as apps take it: 160 random bits.</summary>
    public required string AuthenticatorKey { get; init; }

    /// <summary>When the secret was made: one that nobody confirms is not shown for long.</summary>
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>True once a code of the app was given back: until then nobody is asked for one.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>The 30 seconds (RFC 6238) of the last code that was taken: no code of theirs or from before is taken again.</summary>
    public long LastStep { get; init; }

    /// <summary>What the recovery codes are hashed with, hexadecimal.</summary>
    public string RecoverySalt { get; init; } = "";

    /// <summary>The hashes of the recovery codes that were not used yet (PBKDF2), hexadecimal.</summary>
    public IReadOnlyList<string> RecoveryHashes { get; init; } = [];
}
