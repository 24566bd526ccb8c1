using LiveDash.Core.Mongo;

namespace LiveDash.Core.Storage.Mongo;

/// <summary>Which database the store is in, and how patient it is.</summary>
internal sealed class MongoStoreOptions
{
    /// <summary>The name of the database where the address has none.</summary>
    public const string DefaultDatabase = "livedash";

    /// <summary>The checked connection string.</summary>
    public required MongoAddress Address { get; init; }

    /// <summary>How long another LiveDash waits for this one, after it was cut off, before it takes the database over. Default 15 s; renewed at a third.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a write whose outcome is unknown is tried again before it is answered as failed. Default 5 s.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the server is asked for sizes. Default 5 s.</summary>
    public TimeSpan MeasurePace { get; init; } = TimeSpan.FromSeconds(5);
}
