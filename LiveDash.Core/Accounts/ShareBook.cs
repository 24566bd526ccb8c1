using System.Collections.Concurrent;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Accounts;

/// <summary>All share links: what the store holds under the kind <see cref="Kind"/>, kept in memory too. At most <see cref="MaxLinks"/>. Thread-safe.</summary>
public sealed class ShareBook(IDocumentStore store)
{
    /// <summary>The kind of the documents.</summary>
    public const string Kind = "account.share";

    /// <summary>How many there may be.</summary>
    public const int MaxLinks = 500;

    /// <summary>The longest name of one.</summary>
    public const int MaxName = 60;

    // Bounded by MaxLinks.
    private readonly ConcurrentDictionary<string, ShareLink> _links = new();

    // Of those, the ones that are being revoked: they open nothing from the first moment on, and stand in the list until the store has taken it. Bounded as they are.
    private readonly ConcurrentDictionary<string, bool> _revoked = new();

    /// <summary>A link was made or revoked. Raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>Reads the store. To be called once.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var document in await store.ListAsync(Kind, cancellationToken))
        {
            if (DocumentJson.TryRead<ShareLink>(document.Body) is { } link) _links[link.Id] = link;
        }
    }

    /// <summary>The links of a dashboard, the newest first.</summary>
    public IReadOnlyList<ShareLink> Of(string dashboard) => [.. _links.Values.Where(link => link.Dashboard == dashboard).OrderByDescending(static link => link.MadeAt)];

    /// <summary>Makes a link.</summary>
    /// <param name="link">What it is to be; its id is made here.</param>
    /// <param name="cancellationToken">Breaks off the writing.</param>
    /// <returns>The token: 256 random bits, to be shown once and kept nowhere.</returns>
    /// <exception cref="AccountRuleException">There are <see cref="MaxLinks"/>, or its name is too long.</exception>
    public async Task<string> MakeAsync(ShareLink link, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (link.Name.Length > MaxName) throw new AccountRuleException($"A share link's name has at most {MaxName} characters.");
        if (_links.Count >= MaxLinks) throw new AccountRuleException($"There are {MaxLinks} share links already; revoke one first.");
        var token = SecretToken.Make();
        var made = link with { Id = IdOf(token) };
        await store.ApplyAsync([new DocumentChange(Kind, made.Id, DocumentJson.Write(made))], cancellationToken);
        _links[made.Id] = made;
        Changed?.Invoke();
        return token;
    }

    /// <summary>Takes a link away, at once; where the store cannot take it, it stays in the list, to be revoked again, since it would be good again after a restart.</summary>
    public async Task RevokeAsync(string id, CancellationToken cancellationToken)
    {
        if (!_links.ContainsKey(id)) return;
        _revoked[id] = true;
        Changed?.Invoke();
        await store.ApplyAsync([new DocumentChange(Kind, id, null)], cancellationToken);
        _links.TryRemove(id, out _);
        _revoked.TryRemove(id, out _);
    }

    /// <summary>The link of an id where it is good now, or null.</summary>
    public ShareLink? Find(string id, DateTimeOffset now) => _links.TryGetValue(id, out var link) && !_revoked.ContainsKey(id) && !(link.ExpiresAt <= now) ? link : null;

    /// <summary>The id of a token.</summary>
    public static string IdOf(string token) => SecretToken.HashOf(token);
}
