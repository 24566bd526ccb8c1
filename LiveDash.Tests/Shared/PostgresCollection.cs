namespace LiveDash.Tests.Shared;

/// <summary>Tests that share one server of PostgreSQL, each in a schema of its own.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}
