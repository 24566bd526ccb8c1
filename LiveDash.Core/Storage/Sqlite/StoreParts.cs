using LiveDash.Core.Model;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>What the parts of an open store share.</summary>
internal sealed record StoreParts(
    StorageOptions Options, StoreFiles Files, StoreIndex Index, StoreHealth Health, SeriesCatalog Catalog, SenderGuard Guard, ReaderPool Readers);
