using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
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

    // Of those, the ones that are being removed: they sign in nobody from the first moment on, and count as an account's until the store has taken it. Bounded as they are.
    private readonly ConcurrentDictionary<string, bool> _removed = new();

    /// <summary>True where somebody has one.</summary>
    public bool IsAny => !_passkeys.IsEmpty;

    /// <summary>Reads the store. To be called once.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var document in await store.ListAsync(Kind, cancellationToken))
        {
            if (DocumentJson.TryRead<AccountPasskey>(document.Body) is { } passkey) _passkeys[passkey.Id] = passkey;
            // What cannot be read any more opens nothing, and is its account's second factor nevertheless: a password alone sets up no other.
            else if (OwnerIn(document.Body) is { } owner) _passkeys[document.Id] = new AccountPasskey { Id = document.Id, UserId = owner, Name = "One that cannot be read any more", CredentialId = [], PublicKey = [] };
        }
    }

    /// <summary>Those of an account, the oldest first.</summary>
    public IReadOnlyList<AccountPasskey> Of(string userId) => [.. _passkeys.Values.Where(passkey => passkey.UserId == userId).OrderBy(static passkey => passkey.MadeAt)];

    /// <summary>Whether an account has one.</summary>
    public bool Has(string userId) => _passkeys.Values.Any(passkey => passkey.UserId == userId);

    /// <summary>The one of a credential's id, or null.</summary>
    public AccountPasskey? Find(ReadOnlySpan<byte> credentialId) => Usable(IdOf(credentialId));

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
            if (Usable(id) is not { } known) return false;
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
            if (ids.Count == 0) return false;
            // What the store cannot take now does not keep a lost device good; it stays in the list, to be removed again, since it would be good again after a restart.
            foreach (var id in ids) _removed[id] = true;
            await store.ApplyAsync([.. ids.Select(static id => new DocumentChange(Kind, id, null))], cancellationToken);
            foreach (var id in ids)
            {
                _passkeys.TryRemove(id, out _);
                _removed.TryRemove(id, out _);
            }

            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    private AccountPasskey? Usable(string id) => _passkeys.GetValueOrDefault(id) is { CredentialId.Length: > 0 } passkey && !_removed.ContainsKey(id) ? passkey : null;

    // Of a document that is cut off or damaged behind it.
    private static string? OwnerIn(byte[] body)
    {
        ReadOnlySpan<byte> name = "\"userId\":\""u8;
        var at = body.AsSpan().IndexOf(name);
        if (at < 0) return null;
        var rest = body.AsSpan(at + name.Length);
        var end = rest.IndexOf((byte)'"');
        return end is > 0 and <= 100 ? Encoding.UTF8.GetString(rest[..end]) : null;
    }
}
