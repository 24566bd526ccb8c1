namespace LiveDash.Core.Collections;

/// <summary>A server that existing collections are read from.</summary>
/// <param name="Name">Its name here.</param>
/// <param name="Address">The connection string; holds a password, so it is shown without it.</param>
public sealed record CollectionConnection(string Name, string Address);
