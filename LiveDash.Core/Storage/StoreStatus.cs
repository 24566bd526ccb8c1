namespace LiveDash.Core.Storage;

/// <summary>How a store is doing: one immutable snapshot.</summary>
/// <param name="Engine">Name and version of what keeps the data, such as <c>SQLite 3.40.1</c>.</param>
/// <param name="State">Whether it takes points.</param>
/// <param name="Message">What an operator should know when it does not, else null.</param>
/// <param name="Points">How many points are kept.</param>
/// <param name="Bytes">How many bytes they take on disk.</param>
/// <param name="FreeBytes">How many bytes are free on that disk.</param>
/// <param name="Appended">How many points were committed since the start.</param>
/// <param name="Commits">How many commits that took.</param>
/// <param name="Queued">How many points wait for a commit.</param>
public sealed record StoreStatus(
    string Engine, StoreState State, string? Message, long Points, long Bytes, long FreeBytes, long Appended, long Commits, long Queued)
{
    /// <summary>What else the database has to tell.</summary>
    public IReadOnlyList<StoreFact> Facts { get; init; } = [];
}
