namespace LiveDash.Core.Collections;

/// <summary>Connections and mapped collections, as they are kept. Immutable.</summary>
public sealed record CollectionSettings
{
    /// <summary>Nothing.</summary>
    public static CollectionSettings None { get; } = new();

    /// <summary>The servers; at most 20.</summary>
    public IReadOnlyList<CollectionConnection> Connections { get; init; } = [];

    /// <summary>The collections; at most 100.</summary>
    public IReadOnlyList<CollectionMap> Collections { get; init; } = [];
}
