namespace LiveDash.Core.Accounts.Snapshots;

/// <summary>A dashboard as it was, looked at by whoever has its address, as it is kept: not its token, but the token's SHA-256. Immutable.</summary>
public sealed record Snapshot
{
    /// <summary>SHA-256 of the token, in hexadecimal.</summary>
    public required string Id { get; init; }

    /// <summary>The dashboard that it was made of.</summary>
    public required string Dashboard { get; init; }

    /// <summary>What that was called then.</summary>
    public string Title { get; init; } = "";

    /// <summary>What people call the snapshot.</summary>
    public string Name { get; init; } = "";

    /// <summary>The times that it shows, in UTC ticks.</summary>
    public long From { get; init; }

    /// <summary>The end of them.</summary>
    public long To { get; init; }

    /// <summary>What was chosen of the dashboard's variables, by name.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>When it was made.</summary>
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>Who made it, by name.</summary>
    public string MadeBy { get; init; } = "";

    /// <summary>Until when it is good.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How many panels it has.</summary>
    public int Panels { get; init; }
}
