using System.Collections.Concurrent;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Accounts.Snapshots;

/// <summary>
/// All snapshots: documents of their own in the store, with everything that they show, so that who looks at one reads nothing else; what names them is kept in memory too. At most
/// <see cref="MaxSnapshots"/> of <see cref="MaxBytes"/> each. What has expired goes with the next that is made, or with the next sweep. Thread-safe.
/// </summary>
public sealed class SnapshotBook(IDocumentStore store) : IDisposable
{
    /// <summary>The kind of the documents that name them.</summary>
    public const string Kind = "account.snapshot";

    /// <summary>The kind of the documents of their panels, one a snapshot.</summary>
    public const string PanelsKind = "snapshot.panels";

    /// <summary>The kind of the documents of their pictures, two a panel at most.</summary>
    public const string PictureKind = "snapshot.picture";

    /// <summary>How many there may be.</summary>
    public const int MaxSnapshots = 200;

    /// <summary>How many panels one may have.</summary>
    public const int MaxPanels = 60;

    /// <summary>How many bytes one may have.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    // Bounded by MaxSnapshots.
    private readonly ConcurrentDictionary<string, Snapshot> _snapshots = new();

    // Of those, the ones that are being taken away: they show nothing from the first moment on, and stand in the list until the store has taken it. Bounded as they are.
    private readonly ConcurrentDictionary<string, bool> _revoked = new();
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Reads what names them. To be called once.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var document in await store.ListAsync(Kind, cancellationToken))
        {
            if (DocumentJson.TryRead<Snapshot>(document.Body) is { } snapshot) _snapshots[snapshot.Id] = snapshot;
        }
    }

    /// <summary>Those that are good, the newest first.</summary>
    public IReadOnlyList<Snapshot> All(DateTimeOffset now) => [.. _snapshots.Values.Where(one => one.ExpiresAt > now).OrderByDescending(static one => one.MadeAt)];

    /// <summary>Those of a dashboard, good or expired.</summary>
    public IReadOnlyList<Snapshot> Of(string dashboard) => [.. _snapshots.Values.Where(one => one.Dashboard == dashboard)];

    /// <summary>Whether there is room for one more of so many panels, to be asked before any work is done for it.</summary>
    /// <exception cref="AccountRuleException">There is none.</exception>
    public void CheckRoom(int panels, DateTimeOffset now)
    {
        if (_snapshots.Values.Count(one => one.ExpiresAt > now) >= MaxSnapshots) throw new AccountRuleException($"There are {MaxSnapshots} snapshots already; revoke one first.");
        if (panels > MaxPanels) throw new AccountRuleException($"A snapshot has at most {MaxPanels} panels.");
    }

    /// <summary>Keeps one.</summary>
    /// <param name="snapshot">What it is to be; its id is made here.</param>
    /// <param name="panels">Its panels.</param>
    /// <param name="pictures">Their pictures.</param>
    /// <param name="cancellationToken">Breaks off the writing.</param>
    /// <returns>The token, 256 random bits, to be shown once and kept nowhere; and the snapshot.</returns>
    /// <exception cref="AccountRuleException">There are too many, or it is too large.</exception>
    public async Task<(string Token, Snapshot Made)> MakeAsync(Snapshot snapshot, IReadOnlyList<SnapshotPanel> panels, IReadOnlyList<SnapshotPicture> pictures, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(panels);
        var body = DocumentJson.Write(new SnapshotPanels(panels));
        if (body.Length + pictures.Sum(static one => (long)one.Body.Length) > MaxBytes) throw new AccountRuleException($"The snapshot would be larger than {MaxBytes / 1024 / 1024} MiB; take a shorter range, or a dashboard of fewer panels.");
        var token = SecretToken.Make();
        var made = snapshot with { Id = IdOf(token), Panels = panels.Count };
        // Counted and written by one after another: two at once would both find the last place free.
        await _gate.WaitAsync(cancellationToken);
        try
        {
            CheckRoom(panels.Count, snapshot.MadeAt);
            var expired = _snapshots.Values.Where(one => one.ExpiresAt <= snapshot.MadeAt).ToList();
            await store.ApplyAsync(
                [
                    .. expired.SelectMany(Removal), new DocumentChange(Kind, made.Id, DocumentJson.Write(made)), new DocumentChange(PanelsKind, made.Id, body),
                    .. pictures.Select(one => new DocumentChange(PictureKind, PictureId(made.Id, one.Panel, one.IsDark), one.Body)),
                ],
                cancellationToken);
            foreach (var one in expired) Forget(one.Id);
            _snapshots[made.Id] = made;
        }
        finally
        {
            _gate.Release();
        }

        return (token, made);
    }

    /// <summary>
    /// Takes a snapshot away, with all that it shows; false where there is none. Its address shows nothing from the first moment on; where the store cannot take it, it stays in the list, to be
    /// revoked again, since it would be good again after a restart.
    /// </summary>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        if (!_snapshots.TryGetValue(id, out var snapshot)) return false;
        _revoked[id] = true;
        await store.ApplyAsync([.. Removal(snapshot)], cancellationToken);
        Forget(id);
        return true;
    }

    /// <summary>Takes away what has expired, and what was revoked while the store could not take it.</summary>
    /// <returns>How many went.</returns>
    public async Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var over = _snapshots.Values.Where(one => one.ExpiresAt <= now || _revoked.ContainsKey(one.Id)).ToList();
            // One after another: each may be of several megabytes.
            foreach (var one in over)
            {
                await store.ApplyAsync([.. Removal(one)], cancellationToken);
                Forget(one.Id);
            }

            return over.Count;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The snapshot of a token where it is good now, or null.</summary>
    public Snapshot? Find(string token, DateTimeOffset now) => _snapshots.TryGetValue(IdOf(token), out var snapshot) && snapshot.ExpiresAt > now && !_revoked.ContainsKey(snapshot.Id) ? snapshot : null;

    /// <summary>Its panels; none where they cannot be read any more.</summary>
    public async Task<IReadOnlyList<SnapshotPanel>> PanelsAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return await store.GetAsync(PanelsKind, snapshot.Id, cancellationToken) is { } body && DocumentJson.TryRead<SnapshotPanels>(body) is { } kept ? kept.Panels : [];
    }

    /// <summary>The picture of a panel, or null.</summary>
    public Task<byte[]?> PictureAsync(Snapshot snapshot, int panel, bool isDark, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return panel >= 0 && panel < snapshot.Panels ? store.GetAsync(PictureKind, PictureId(snapshot.Id, panel, isDark), cancellationToken) : Task.FromResult<byte[]?>(null);
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private static string IdOf(string token) => SecretToken.HashOf(token);

    private static string PictureId(string id, int panel, bool isDark) => $"{id}:{panel}:{(isDark ? "dark" : "light")}";

    private static IEnumerable<DocumentChange> Removal(Snapshot snapshot)
    {
        yield return new DocumentChange(Kind, snapshot.Id, null);
        yield return new DocumentChange(PanelsKind, snapshot.Id, null);
        for (var i = 0; i < snapshot.Panels; i++)
        {
            yield return new DocumentChange(PictureKind, PictureId(snapshot.Id, i, isDark: false), null);
            yield return new DocumentChange(PictureKind, PictureId(snapshot.Id, i, isDark: true), null);
        }
    }

    private void Forget(string id)
    {
        _snapshots.TryRemove(id, out _);
        _revoked.TryRemove(id, out _);
    }

    private sealed record SnapshotPanels(IReadOnlyList<SnapshotPanel> Panels);
}
