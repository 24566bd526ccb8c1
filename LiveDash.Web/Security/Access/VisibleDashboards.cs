using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Snapshots;
using LiveDash.Core.Configuration.Dashboards;

namespace LiveDash.Web.Security.Access;

/// <summary>
/// The dashboards that who looks at a page may see, and changes of those that they may change: the only way by which components reach <see cref="DashboardBook"/>. A dashboard in a
/// folder that somebody may not see is to them as if it were not there. The role is asked for by the components themselves. One a circuit, and one a page that is rendered before
/// it; not thread-safe but for the event.
/// </summary>
public sealed class VisibleDashboards : IDisposable
{
    private readonly DashboardBook _book;
    private readonly GrantBook _grants;
    private readonly AccountBook _accounts;
    private readonly ShareBook _shares;
    private readonly SnapshotBook _snapshots;
    private readonly Visitor _visitor;

    /// <summary>Listens to what they are made of.</summary>
    public VisibleDashboards(DashboardBook book, GrantBook grants, AccountBook accounts, ShareBook shares, SnapshotBook snapshots, Visitor visitor)
    {
        (_book, _grants, _accounts, _shares, _snapshots, _visitor) = (book, grants, accounts, shares, snapshots, visitor);
        _book.Changed += OnChanged;
        _grants.Changed += OnChanged;
        _accounts.Changed += OnAccount;
    }

    /// <summary>A dashboard, a grant or somebody's groups have changed: pull <see cref="All"/> anew. Raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>Those that may be seen: the automatic one first, then by name. Call <see cref="LoadAsync"/> first.</summary>
    public IReadOnlyList<Dashboard> All => _visitor.SharedDashboard is null && (!_grants.IsAny || IsAdministrator) ? _book.All : [.. _book.All.Where(MaySee)];

    /// <summary>The documents that could not be read, by id, with the reason; of which folder they are nobody knows, so where folders have grants administrators alone hear of them.</summary>
    public IReadOnlyList<(string Id, string Reason)> Unreadable => !_grants.IsAny || IsAdministrator ? _book.Unreadable : [];

    /// <summary>True once the store was read.</summary>
    public bool IsLoaded => _book.IsLoaded;

    /// <summary>Whether the visitor sees all.</summary>
    public bool IsAdministrator => _visitor.May(AccountRole.Administrator);

    /// <summary>Reads the store at the first call; later ones return at once.</summary>
    public Task LoadAsync(CancellationToken cancellationToken) => _book.LoadAsync(cancellationToken);

    /// <summary>One dashboard, or null.</summary>
    public Dashboard? Find(string id) => _book.Find(id) is { } found && MaySee(found) ? found : null;

    /// <summary>Whether grants let the visitor change what lies in a folder; what the role lets them do is another question.</summary>
    public bool MayEdit(string folder) => IsAdministrator || LevelOf(folder) == GrantLevel.Edit;

    /// <summary>Adds an empty dashboard and returns it.</summary>
    /// <exception cref="InvalidOperationException">There are too many already, or the folder may not be changed.</exception>
    public async Task<Dashboard> CreateAsync(string name, string folder, CancellationToken cancellationToken)
    {
        Check(folder);
        // In its folder from its first moment on: nobody sees it who may not.
        return await _book.AddCopyAsync(new Dashboard { Id = "", Name = name, Folder = folder }, cancellationToken, IsNamed);
    }

    /// <summary>Adds a dashboard like one that was read from JSON or that exists.</summary>
    /// <exception cref="InvalidOperationException">There are too many already, or its folder may not be changed.</exception>
    public Task<Dashboard> AddCopyAsync(Dashboard dashboard, CancellationToken cancellationToken)
    {
        Check(dashboard.Folder);
        return _book.AddCopyAsync(dashboard, cancellationToken, IsNamed);
    }

    /// <summary>Applies a change to the newest state of a dashboard and keeps the result; null where there is none that may be seen.</summary>
    /// <exception cref="InvalidOperationException">Another dashboard has the name, or a folder may not be changed: the one it lies in, or the one it is put into.</exception>
    public Task<Dashboard?> UpdateAsync(string id, Func<Dashboard, Dashboard> change, CancellationToken cancellationToken) => Find(id) is null ? Task.FromResult<Dashboard?>(null) : _book.UpdateAsync(
        id,
        newest =>
        {
            Check(newest.Folder);
            var changed = change(newest);
            Check(changed.Folder);
            return changed;
        },
        cancellationToken);

    /// <summary>Removes a dashboard, and first the share links and snapshots of it: they do not outlive what they show.</summary>
    /// <exception cref="InvalidOperationException">Its folder may not be changed.</exception>
    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        if (Find(id) is not { } found) return;
        Check(found.Folder);
        await RevokeAsync(id);
        await _book.RemoveAsync(id, cancellationToken);
    }

    /// <summary>Makes the dashboard of this machine anew.</summary>
    /// <exception cref="InvalidOperationException">It lies in a folder that may not be changed.</exception>
    public async Task RestoreAutomaticAsync(CancellationToken cancellationToken)
    {
        var known = _book.Find(HostDashboard.Id);
        Check(known?.Folder ?? "");
        if (known is null) await RevokeAsync(HostDashboard.Id);
        await _book.RestoreAutomaticAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _book.Changed -= OnChanged;
        _grants.Changed -= OnChanged;
        _accounts.Changed -= OnAccount;
    }

    // Of a share link its own dashboard, whatever folder that lies in: whoever made it might edit there.
    private bool MaySee(Dashboard dashboard) => _visitor.SharedDashboard is { } shared ? dashboard.Id == shared : IsAdministrator || LevelOf(dashboard.Folder) is not null;

    // An account's groups as they are now; of whom a proxy signs in, as it said when the connection began.
    private GrantLevel? LevelOf(string folder)
    {
        var userId = _visitor.UserId;
        return _grants.LevelOf(folder, userId, userId is not null && _accounts.Find(userId) is { } user ? user.Groups : _visitor.SaidGroups);
    }

    private void Check(string folder)
    {
        if (MayEdit(folder)) return;
        // The name of a folder that somebody may not see is not told.
        throw new InvalidOperationException(LevelOf(folder) is null ? "You may not change what lies in that folder." : $"You may not change what lies in the folder “{folder}”.");
    }

    private bool IsNamed(string id) => _shares.Of(id).Count > 0 || _snapshots.Of(id).Count > 0;

    private async Task RevokeAsync(string id)
    {
        foreach (var link in _shares.Of(id)) await _shares.RevokeAsync(link.Id, CancellationToken.None);
        foreach (var snapshot in _snapshots.Of(id)) await _snapshots.RevokeAsync(snapshot.Id, CancellationToken.None);
    }

    private void OnChanged() => Changed?.Invoke();

    private void OnAccount(string id)
    {
        if (_grants.IsAny && id == _visitor.UserId) Changed?.Invoke();
    }
}
