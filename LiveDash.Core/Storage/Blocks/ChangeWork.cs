namespace LiveDash.Core.Storage.Blocks;

/// <summary>A change of its own: documents, sealed blocks, deletions.</summary>
/// <param name="change">Writes it, by the writer's thread.</param>
/// <param name="committed">Runs after it, before anything else is written; null for nothing.</param>
/// <param name="kind">Whether it may be tried when the disk is full.</param>
internal sealed class ChangeWork(Action change, Action? committed, ChangeKind kind) : WriterWork
{
    /// <summary>Writes it.</summary>
    public Action Change { get; } = change;

    /// <summary>Runs after it.</summary>
    public Action? Committed { get; } = committed;

    /// <summary>Whether it may be tried when the disk is full.</summary>
    public ChangeKind Kind { get; } = kind;
}
