namespace LiveDash.Core.Storage;

/// <summary>Where points and documents can be kept.</summary>
public enum StoreKind
{
    /// <summary>The embedded database in the data directory.</summary>
    Sqlite,

    /// <summary>The MongoDB that <see cref="StorageOptions.MongoDB"/> names.</summary>
    MongoDB,

    /// <summary>The PostgreSQL that <see cref="StorageOptions.PostgreSQL"/> names.</summary>
    PostgreSQL,
}
