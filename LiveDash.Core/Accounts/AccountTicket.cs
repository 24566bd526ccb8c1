namespace LiveDash.Core.Accounts;

/// <summary>A one-time address as it is kept: not its token, but the token's SHA-256. Immutable.</summary>
public sealed record AccountTicket
{
    /// <summary>SHA-256 of the token, in hexadecimal.</summary>
    public required string Id { get; init; }

    /// <summary>What it is for.</summary>
    public required TicketPurpose Purpose { get; init; }

    /// <summary>Until when it can be used.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>Who made it, by name; empty for the program.</summary>
    public string MadeBy { get; init; } = "";

    /// <summary>The role of an invitation.</summary>
    public AccountRole Role { get; init; }

    /// <summary>The groups of an invitation.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The account of a reset.</summary>
    public string? UserId { get; init; }

    /// <summary>Whom an invitation is for, in the inviter's words.</summary>
    public string? Note { get; init; }
}
