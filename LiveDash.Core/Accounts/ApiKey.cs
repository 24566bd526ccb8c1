namespace LiveDash.Core.Accounts;

/// <summary>A key of a program, as it is kept: not its secret, but the secret's SHA-256. Immutable.</summary>
public sealed record ApiKey
{
    /// <summary>What it begins with: eight letters and digits behind <c>ld_</c>. It may be shown.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it; also the name of the source that it sends as.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the secret, in hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>The one before, while <see cref="OldUntil"/> lasts: a sender is given the new one in peace.</summary>
    public string? OldHash { get; init; }

    /// <summary>Until when the one before is good.</summary>
    public DateTimeOffset? OldUntil { get; init; }

    /// <summary>What it may be used for.</summary>
    public required KeyScope Scopes { get; init; }

    /// <summary>Patterns of the series that it may send, such as <c>cpu.*{host=web1}</c>, at most <see cref="KeyBook.MaxPatterns"/>; none for all.</summary>
    public IReadOnlyList<string> Series { get; init; } = [];

    /// <summary>Until when it is good; null for ever.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>Who made it, by name.</summary>
    public string MadeBy { get; init; } = "";

    /// <summary>When it was used last, to <see cref="KeyBook.Grain"/>.</summary>
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>From which address it was used last.</summary>
    public string UsedFrom { get; init; } = "";
}
