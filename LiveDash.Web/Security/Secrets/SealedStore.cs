using System.Collections.Concurrent;
using System.Security.Cryptography;
using LiveDash.Core.Notifications;
using LiveDash.Core.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace LiveDash.Web.Security.Secrets;

/// <summary>
/// Encrypts the documents that hold secrets before they are kept: channels, connections, sources, second factors and the key of notices' links. A document is bound to its kind and id, so one cannot be
/// put in another's place. Those of earlier versions are read as they are and encrypted by <see cref="SealAllAsync"/>. Thread-safe as the store within.
/// </summary>
internal sealed partial class SealedStore(IDocumentStore inner, IDataProtectionProvider protection, KeyFile file, ILogger<SealedStore> logger) : IDocumentStore
{
    /// <summary>What an encrypted document begins with, and no JSON does.</summary>
    public static ReadOnlySpan<byte> Mark => "LDSEALED1:"u8;

    // Kinds of which every document may hold a secret, and single documents of others.
    private static readonly string[] s_kinds = ["sources", "account.factor"];
    private static readonly (string Kind, string Id)[] s_single = [("settings", "channels"), ("settings", "collections"), (NoticeLinks.Kind, NoticeLinks.Id)];

    private readonly IDataProtector _protector = protection.CreateProtector("LiveDash.Secrets.v1");

    // Told once each; bounded by the documents of the kinds above.
    private readonly ConcurrentDictionary<(string Kind, string Id), byte> _unreadable = new();

    /// <summary>The documents that could not be decrypted: read as if they were not there, and kept until something else is saved in their place.</summary>
    public IReadOnlyCollection<(string Kind, string Id)> Unreadable => [.. _unreadable.Keys];

    /// <summary>Whether a document is encrypted.</summary>
    public static bool IsSealed(string kind, string id) => s_kinds.Contains(kind) || s_single.Contains((kind, id));

    /// <summary>Encrypts what is kept in the clear, from before.</summary>
    /// <returns>How many documents that were.</returns>
    public async Task<int> SealAllAsync(CancellationToken cancellationToken)
    {
        var changes = new List<DocumentChange>();
        foreach (var kind in s_kinds.Concat(s_single.Select(static one => one.Kind)).Distinct())
        {
            foreach (var document in await inner.ListAsync(kind, cancellationToken))
            {
                if (IsSealed(kind, document.Id) && !document.Body.AsSpan().StartsWith(Mark)) changes.Add(Seal(new DocumentChange(kind, document.Id, document.Body)));
            }
        }

        if (changes.Count > 0) await inner.ApplyAsync(changes, cancellationToken);
        return changes.Count;
    }

    /// <inheritdoc/>
    public async Task<byte[]?> GetAsync(string kind, string id, CancellationToken cancellationToken)
    {
        var body = await inner.GetAsync(kind, id, cancellationToken);
        return body is null || !IsSealed(kind, id) ? body : Open(kind, id, body);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Document>> ListAsync(string kind, CancellationToken cancellationToken)
    {
        var found = await inner.ListAsync(kind, cancellationToken);
        if (!found.Any(one => IsSealed(kind, one.Id))) return found;
        return [.. found.Select(one => !IsSealed(kind, one.Id) ? one : Open(kind, one.Id, one.Body) is { } plain ? one with { Body = plain } : null).OfType<Document>()];
    }

    /// <inheritdoc/>
    public Task ApplyAsync(IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken) => inner.ApplyAsync(Seal(changes), cancellationToken);

    /// <inheritdoc/>
    public Task ApplyOwedAsync(IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken) => inner.ApplyOwedAsync(Seal(changes), cancellationToken);

    private IReadOnlyList<DocumentChange> Seal(IReadOnlyList<DocumentChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return changes.Any(static change => IsSealed(change.Kind, change.Id)) ? [.. changes.Select(Seal)] : changes;
    }

    private DocumentChange Seal(DocumentChange change)
    {
        if (change.Body is null || !IsSealed(change.Kind, change.Id)) return change;
        return change with { Body = [.. Mark, .. Of(change.Kind, change.Id).Protect(change.Body)] };
    }

    private byte[]? Open(string kind, string id, byte[] body)
    {
        if (!body.AsSpan().StartsWith(Mark)) return body;
        try
        {
            var plain = Of(kind, id).Unprotect(body[Mark.Length..]);
            _unreadable.TryRemove((kind, id), out _);
            return plain;
        }
        catch (CryptographicException exception)
        {
            // Everything else goes on: points, rules and alerts need none of them.
            if (_unreadable.TryAdd((kind, id), 0)) LogUnreadable(logger, exception, kind, id, file.Path);
            return null;
        }
    }

    private IDataProtector Of(string kind, string id) => _protector.CreateProtector(kind, id);

    [LoggerMessage(7010, LogLevel.Error, "{Kind} '{Id}' cannot be decrypted and is left out: it was encrypted with another key than the one in {File}. Put that key file back and restart, or set it up anew")]
    private static partial void LogUnreadable(ILogger logger, Exception exception, string kind, string id, string file);
}
