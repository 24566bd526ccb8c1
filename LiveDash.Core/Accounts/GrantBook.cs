using LiveDash.Core.Storage;

namespace LiveDash.Core.Accounts;

/// <summary>
/// Who sees which folders of dashboards: what the store holds under the kind <see cref="Kind"/>, kept in memory too. At most <see cref="MaxFolders"/>. A grant narrows what a
/// role allows and never widens it; dashboards in no folder, and in folders without grants, are everybody's. Thread-safe; changes are made one after another.
/// </summary>
public sealed class GrantBook(IDocumentStore store) : IDisposable
{
    /// <summary>The kind of the documents.</summary>
    public const string Kind = "account.grants";

    /// <summary>How many folders may have grants.</summary>
    public const int MaxFolders = 200;

    /// <summary>How many grants a folder may have.</summary>
    public const int MaxGrants = 200;

    private readonly SemaphoreSlim _gate = new(1, 1);
    // By the ids of the documents, which are made of the folders' names.
    private volatile IReadOnlyDictionary<string, FolderGrants> _folders = new Dictionary<string, FolderGrants>();

    /// <summary>Something was changed. Raised outside the lock, on any thread.</summary>
    public event Action? Changed;

    /// <summary>True where a folder has grants.</summary>
    public bool IsAny => _folders.Count > 0;

    /// <summary>Reads the store. To be called once.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var documents = await store.ListAsync(Kind, cancellationToken);
        // What cannot be read any more opens nothing: the folder is the administrators' alone until they say who sees it.
        _folders = documents.ToDictionary(static document => document.Id, static document => DocumentJson.TryRead<FolderGrants>(document.Body) ?? new FolderGrants { Folder = "" });
    }

    /// <summary>The grants of a folder; null where it is everybody's.</summary>
    public FolderGrants? Of(string folder) => IsAny ? _folders.GetValueOrDefault(IdOf(folder)) : null;

    /// <summary>Says who sees a folder.</summary>
    /// <param name="folder">Its name, not empty.</param>
    /// <param name="grants">Who, besides administrators; null for everybody.</param>
    /// <param name="cancellationToken">Breaks off the writing.</param>
    /// <exception cref="AccountRuleException">There are too many, a level is none, or the folder has no name.</exception>
    public Task PutAsync(string folder, IReadOnlyList<FolderGrant>? grants, CancellationToken cancellationToken) => ChangeAsync(folder, _ => grants, cancellationToken);

    /// <summary>Changes the newest grants of a folder.</summary>
    /// <param name="folder">Its name, not empty.</param>
    /// <param name="change">What becomes of them; null before and after where the folder is everybody's.</param>
    /// <param name="cancellationToken">Breaks off the writing.</param>
    /// <exception cref="AccountRuleException">There are too many, a level is none, or the folder has no name.</exception>
    public async Task ChangeAsync(string folder, Func<IReadOnlyList<FolderGrant>?, IReadOnlyList<FolderGrant>?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(change);
        if (folder.Length == 0) throw new AccountRuleException("Dashboards in no folder are everybody's; put them into one first.");
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var id = IdOf(folder);
            var grants = change(_folders.GetValueOrDefault(id)?.Grants);
            if (grants?.Count > MaxGrants) throw new AccountRuleException($"A folder has at most {MaxGrants} grants; make a group of people.");
            if (grants?.Any(static grant => !Enum.IsDefined(grant.Level)) == true) throw new AccountRuleException("A grant is to look, or to change.");
            if (grants is not null && !_folders.ContainsKey(id) && _folders.Count >= MaxFolders) throw new AccountRuleException($"{MaxFolders} folders have grants already.");
            var folders = new Dictionary<string, FolderGrants>(_folders);
            if (grants is null) folders.Remove(id);
            else folders[id] = new FolderGrants { Folder = folder, Grants = [.. grants] };
            await store.ApplyAsync([new DocumentChange(Kind, id, grants is null ? null : DocumentJson.Write(folders[id]))], cancellationToken);
            _folders = folders;
        }
        finally
        {
            _gate.Release();
        }

        Changed?.Invoke();
    }

    /// <summary>What somebody who is no administrator may do with a folder, as far as grants say; null for nothing.</summary>
    /// <param name="folder">The folder; empty for none.</param>
    /// <param name="userId">The account, or null.</param>
    /// <param name="groups">Its groups.</param>
    public GrantLevel? LevelOf(string folder, string? userId, IReadOnlyCollection<string> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (Of(folder) is not { } found) return GrantLevel.Edit;
        GrantLevel? best = null;
        foreach (var grant in found.Grants)
        {
            var isMeant = grant.IsGroup ? groups.Contains(grant.Who, StringComparer.OrdinalIgnoreCase) : userId == grant.Who;
            if (isMeant && !(best >= grant.Level)) best = grant.Level;
        }

        return best;
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private static string IdOf(string folder) => SecretToken.HashOf(folder.ToUpperInvariant());
}
