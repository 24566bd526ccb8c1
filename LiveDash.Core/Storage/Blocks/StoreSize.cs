namespace LiveDash.Core.Storage.Blocks;

/// <summary>How large a database is.</summary>
/// <param name="Used">Bytes it takes on disk, with what is free within.</param>
/// <param name="Data">Bytes that hold something: what retention by size counts.</param>
/// <param name="Free">Bytes free on its disk; <see cref="long.MaxValue"/> where that cannot be told.</param>
/// <param name="NeedsCompacting">True when much of it is free within.</param>
internal readonly record struct StoreSize(long Used, long Data, long Free, bool NeedsCompacting = false);
