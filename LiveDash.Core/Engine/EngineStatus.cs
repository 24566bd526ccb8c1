namespace LiveDash.Core.Engine;

/// <summary>How the engine is doing: one immutable snapshot.</summary>
/// <param name="Points">How many points it has handled since the start.</param>
/// <param name="Queued">How many batches and commands wait, over all shards.</param>
/// <param name="Windows">How many windows are kept.</param>
/// <param name="Scans">How many scans of the store were made to rebuild windows and charts.</param>
/// <param name="Faults">How many batches, commands or scans failed.</param>
/// <param name="Shards">How many shards there are.</param>
/// <param name="Ahead">How many points wait for their time: they are stored and drawn, but not yet seen by windows and rules.</param>
/// <param name="AheadRefused">How many such points found no place to wait: they are stored and drawn, and windows see them when they are rebuilt.</param>
public sealed record EngineStatus(long Points, int Queued, int Windows, long Scans, long Faults, int Shards, int Ahead, long AheadRefused);
