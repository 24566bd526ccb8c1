using LiveDash.Core.Accounts.Snapshots;

namespace LiveDash.Web.Security.Sharing;

/// <summary>A snapshot as the API tells it. Immutable.</summary>
internal sealed record SnapshotAnswer
{
    /// <summary>Names it, to revoke it; it opens nothing.</summary>
    public required string Id { get; init; }

    /// <summary>The dashboard.</summary>
    public required string Dashboard { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>From when it shows.</summary>
    public required DateTime From { get; init; }

    /// <summary>Until when it shows.</summary>
    public required DateTime To { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>Until when it is good.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Where it is looked at, told once, when it is made; else null.</summary>
    public string? Address { get; init; }

    /// <summary>Of a snapshot.</summary>
    public static SnapshotAnswer Of(Snapshot one, string? address = null) => new()
    {
        Id = one.Id, Dashboard = one.Dashboard, Name = one.Name, From = new DateTime(one.From, DateTimeKind.Utc), To = new DateTime(one.To, DateTimeKind.Utc), MadeAt = one.MadeAt, MadeBy = one.MadeBy, ExpiresAt = one.ExpiresAt, Address = address,
    };
}
