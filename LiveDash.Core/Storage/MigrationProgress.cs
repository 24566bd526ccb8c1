namespace LiveDash.Core.Storage;

/// <summary>How far a migration came.</summary>
/// <param name="Step">What is being done: sealing, copying, comparing, done.</param>
/// <param name="Points">Points that are in the target.</param>
/// <param name="Of">Points in all.</param>
/// <param name="Documents">Documents that are in the target.</param>
public sealed record MigrationProgress(string Step, long Points, long Of, int Documents);
