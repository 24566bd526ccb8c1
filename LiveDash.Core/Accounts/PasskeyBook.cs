using System.Collections.Concurrent;
using System.Security.Cryptography;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Accounts;

/// <summary>All passkeys: what the store holds under the kind <see cref="Kind"/>, kept in memory too. At most <see cref="MaxPerUser"/> an account. Thread-safe; changes are made one after another.</summary>
public sealed class PasskeyBook(IDocumentStore store) : IDisposable
{
    /// <summary>The kind of the documents.</summary>
    public const string Kind = "account.passkey";

    /// <summary>How many an account may have.</summary>
    public const int MaxPerUser = 20;

    /// <summary>The longest name, in characters.</summary>
    public const int MaxName = 60;

    private readonly SemaphoreSlim _gate = new(1, 1);

    // Bounded by MaxPerUser times AccountBook.MaxUsers.
    private readonly ConcurrentDictionary<string, AccountPasskey> _passkeys = new();

    /// <summary>True where somebody has one.</summary>
    public bool IsAny => !_passkeys.IsEmpty;

    /// <summary>Reads the store. To be called once.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var document in await store.ListAsync(Kind, cancellationToken))
        {
            if (DocumentJson.TryRead<AccountPasskey>(document.Body) is { } passkey) _passkeys[passkey.Id] = passkey;
        }
    }

    /// <summary>Those of an account, the oldest first.</summary>
    public IReadOnlyList<AccountPasskey> Of(string userId) => [.. _passkeys.Values.Where(passkey => passkey.UserId == userId).OrderBy(static passkey => passkey.MadeAt)];

    /// <summary>Whether an account has one.</summary>
    public bool Has(string userId) => _passkeys.Values.Any(passkey => passkey.UserId == userId);

    /// <summary>The one of a credential's id, or null.</summary>
    public AccountPasskey? Find(ReadOnlySpan<byte> credentialId) => _passkeys.GetValueOrDefault(IdOf(credentialId));

    /// <summary>Adds one.</summary>
    /// <exception cref="AccountRuleException">The account has <see cref="MaxPerUser"/>, or the credential is there already.</exception>
    public async Task AddAsync(AccountPasskey passkey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(passkey);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_passkeys.ContainsKey(passkey.Id)) throw new AccountRuleException("This passkey is there already.");
            if (Of(passkey.UserId).Count >= MaxPerUser) throw new AccountRuleException($"There are {MaxPerUser} passkeys already; remove one first.");
            await KeepAsync_NeedsGate(passkey, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Keeps what has changed of one; false where it is gone.</summary>
    public async Task<bool> UpdateAsync(string id, Func<AccountPasskey, AccountPasskey> change, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_passkeys.TryGetValue(id, out var known)) return false;
            await KeepAsync_NeedsGate(change(known) with { Id = known.Id, UserId = known.UserId }, cancellationToken);
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Removes one of an account; false where it has none like it.</summary>
    public Task<bool> RemoveAsync(string userId, string id, CancellationToken cancellationToken) => RemoveAsync(passkey => passkey.UserId == userId && passkey.Id == id, cancellationToken);

    /// <summary>Removes all of an account; false where it has none.</summary>
    public Task<bool> RemoveAllAsync(string userId, CancellationToken cancellationToken) => RemoveAsync(passkey => passkey.UserId == userId, cancellationToken);

    /// <summary>The id under which a credential is kept.</summary>
    public static string IdOf(ReadOnlySpan<byte> credentialId) => Convert.ToHexStringLower(SHA256.HashData(credentialId));

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task KeepAsync_NeedsGate(AccountPasskey passkey, CancellationToken cancellationToken)
    {
        await store.ApplyAsync([new DocumentChange(Kind, passkey.Id, DocumentJson.Write(passkey))], cancellationToken);
        _passkeys[passkey.Id] = passkey;
    }

    private async Task<bool> RemoveAsync(Func<AccountPasskey, bool> which, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var ids = _passkeys.Values.Where(which).Select(static passkey => passkey.Id).ToList();
            // First in memory: what the store cannot take now must not keep a lost device good.
            foreach (var id in ids) _passkeys.TryRemove(id, out _);
            if (ids.Count > 0) await store.ApplyAsync([.. ids.Select(static id => new DocumentChange(Kind, id, null))], cancellationToken);
            return ids.Count > 0;
        }
        finally
        {
            _gate.Release();
        }
    }
}
