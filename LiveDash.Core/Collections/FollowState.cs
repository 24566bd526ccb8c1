namespace LiveDash.Core.Collections;

/// <summary>How far a collection was taken over, as it is kept.</summary>
internal sealed record FollowState
{
    /// <summary>Of which collection: another one begins anew.</summary>
    public string Of { get; init; } = "";

    /// <summary>The key of the last document that was taken over, as extended JSON of a document <c>{k: key}</c>; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>Where the change stream goes on, as extended JSON; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>True once everything that was there was read.</summary>
    public bool Filled { get; init; }
}
