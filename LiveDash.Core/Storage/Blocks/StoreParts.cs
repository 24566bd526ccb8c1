using LiveDash.Core.Diagnostics;
using LiveDash.Core.Model;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>What the parts of an open store share.</summary>
internal sealed record StoreParts(
    StorageOptions Options, IBlockDatabase Database, StoreIndex Index, StoreHealth Health, SeriesCatalog Catalog, SenderGuard Guard, LoopSupervisor Loops, SeriesTiers Tiers);
