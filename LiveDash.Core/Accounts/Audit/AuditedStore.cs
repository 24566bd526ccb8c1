using LiveDash.Core.Accounts.Snapshots;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Accounts.Audit;

/// <summary>
/// Notes in the audit each document that somebody changes, before and after, with secrets masked: whichever page or route it was changed by. What the program writes by itself
/// (states of alerts, jobs, sessions) is not noted. Thread-safe as the store within.
/// </summary>
public sealed class AuditedStore(IDocumentStore inner, AuditLog log, AuditMask mask) : IDocumentStore
{
    // What people make. Sessions are told by signing in and out.
    private static readonly Dictionary<string, string> s_kinds = new(StringComparer.Ordinal)
    {
        ["dashboard"] = "dashboard", ["rule"] = "rule", ["settings"] = "settings", ["sources"] = "source", ["listeners"] = "listener", ["plot"] = "plot",
        [AccountBook.Kind] = "account", [FactorBook.Kind] = "second-factor", [PasskeyBook.Kind] = "passkey", [KeyBook.Kind] = "key", [TicketBook.Kind] = "invitation", [ShareBook.Kind] = "share", [GrantBook.Kind] = "grants", [SnapshotBook.Kind] = "snapshot",
    };

    /// <inheritdoc/>
    public Task<byte[]?> GetAsync(string kind, string id, CancellationToken cancellationToken) => inner.GetAsync(kind, id, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Document>> ListAsync(string kind, CancellationToken cancellationToken) => inner.ListAsync(kind, cancellationToken);

    /// <inheritdoc/>
    public Task ApplyAsync(IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return Actor.Current is { } actor && changes.Any(static change => s_kinds.ContainsKey(change.Kind)) ? NotedAsync(actor, changes, cancellationToken) : inner.ApplyAsync(changes, cancellationToken);
    }

    /// <inheritdoc/>
    public Task ApplyOwedAsync(IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken) => inner.ApplyOwedAsync(changes, cancellationToken);

    private async Task NotedAsync(Actor actor, IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken)
    {
        var before = new List<byte[]?>();
        foreach (var change in changes) before.Add(s_kinds.ContainsKey(change.Kind) ? await inner.GetAsync(change.Kind, change.Id, cancellationToken) : null);
        await inner.ApplyAsync(changes, cancellationToken);
        for (var i = 0; i < changes.Count; i++)
        {
            var (change, old) = (changes[i], before[i]);
            if (!s_kinds.TryGetValue(change.Kind, out var word) || old.AsSpan().SequenceEqual(change.Body) && old is not null == change.Body is not null) continue;
            var (was, now) = (mask.Of(change.Kind, old), mask.Of(change.Kind, change.Body));
            if (change.Kind == KeyBook.Kind && old is not null && change.Body is not null && was == now) word = "key.rotate";
            else word += old is null ? ".add" : change.Body is null ? ".remove" : ".change";
            await log.AddAsync(actor, word, change.Id, was, now, CancellationToken.None);
        }
    }
}
