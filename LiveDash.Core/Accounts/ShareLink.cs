namespace LiveDash.Core.Accounts;

/// <summary>An address by which one dashboard is looked at without an account, as it is kept: not its token, but the token's SHA-256. Immutable.</summary>
public sealed record ShareLink
{
    /// <summary>SHA-256 of the token, in hexadecimal.</summary>
    public required string Id { get; init; }

    /// <summary>The dashboard that it shows, and no other.</summary>
    public required string Dashboard { get; init; }

    /// <summary>What people call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Until when it is good; null for ever.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The hash of the password that it asks for, with its method and parameters in it; null for none.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>The values of the dashboard's variables that it is fixed to, by name: whoever has it chooses none. Where there are any, a variable that is not here, or whose value is none that it may have now, has the value of no series; where there are none, each is what the dashboard begins with.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>When it was made.</summary>
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>Who made it, by name.</summary>
    public string MadeBy { get; init; } = "";
}
