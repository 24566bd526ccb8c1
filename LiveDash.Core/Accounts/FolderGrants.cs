namespace LiveDash.Core.Accounts;

/// <summary>Who sees a folder of dashboards, as it is kept: those who are listed, and administrators. A folder without such a document is everybody's. Immutable.</summary>
public sealed record FolderGrants
{
    /// <summary>The folder's name, compared in any case of letters.</summary>
    public required string Folder { get; init; }

    /// <summary>The grants, at most <see cref="GrantBook.MaxGrants"/>; none for administrators alone.</summary>
    public IReadOnlyList<FolderGrant> Grants { get; init; } = [];
}
