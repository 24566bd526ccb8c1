using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Accounts;

/// <summary>
/// All keys of programs: what the store holds under the kind <see cref="Kind"/>, kept in memory too. At most <see cref="MaxKeys"/>. A key reads <c>ld_</c>, eight characters that
/// name it, <c>_</c>, and 256 random bits in base64url. Thread-safe; a look-up allocates nothing.
/// </summary>
public sealed class KeyBook : IDisposable
{
    /// <summary>The kind of the documents.</summary>
    public const string Kind = "account.key";

    /// <summary>How many there may be.</summary>
    public const int MaxKeys = 1_000;

    /// <summary>How many patterns of series one may have.</summary>
    public const int MaxPatterns = 50;

    /// <summary>The longest pattern of series.</summary>
    public const int MaxPattern = 1_000;

    /// <summary>How exactly it is kept when a key was used last.</summary>
    public static readonly TimeSpan Grain = TimeSpan.FromMinutes(5);

    private const string Begin = "ld_";
    private const int IdLength = 8;
    private const int SecretLength = 43;
    private const int Length = 3 + IdLength + 1 + SecretLength;

    private readonly IDocumentStore _store;
    private readonly SeriesCatalog _catalog;
    private readonly SemaphoreSlim _gate = new(1, 1);
    // Bounded by MaxKeys.
    private readonly ConcurrentDictionary<string, Held> _keys = new();
    // Of those, the ones that are being revoked: they are good for nothing from the first moment on, and stand in the list until the store has taken it. Bounded as they are.
    private readonly ConcurrentDictionary<string, bool> _revoked = new();
    private readonly ConcurrentDictionary<string, Held>.AlternateLookup<ReadOnlySpan<char>> _byText;

    /// <summary>Made by the container.</summary>
    public KeyBook(IDocumentStore store, SeriesCatalog catalog)
    {
        _store = store;
        _catalog = catalog;
        _byText = _keys.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>A key was made, changed or revoked; the argument is its id. Raised outside the lock, on any thread.</summary>
    public event Action<string>? Changed;

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<ApiKey> All => [.. _keys.Values.Select(static held => held.Key).OrderBy(static key => key.Name, StringComparer.OrdinalIgnoreCase).ThenBy(static key => key.Id, StringComparer.Ordinal)];

    /// <summary>Reads the store. To be called once.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var document in await _store.ListAsync(Kind, cancellationToken))
        {
            if (DocumentJson.TryRead<ApiKey>(document.Body) is { } key) _keys[key.Id] = Hold(key);
        }
    }

    /// <summary>Makes a key.</summary>
    /// <param name="key">What it is to be; its id and its hash are made here.</param>
    /// <param name="cancellationToken">Breaks off the writing.</param>
    /// <returns>The key as a program sends it, to be shown once.</returns>
    /// <exception cref="AccountRuleException">Something about it is not right, in a sentence.</exception>
    public async Task<string> MakeAsync(ApiKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (Fault(key) is { } fault) throw new AccountRuleException(fault);
        string text;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_keys.Count >= MaxKeys) throw new AccountRuleException($"There are {MaxKeys} keys already; revoke one first.");
            if (_keys.Values.Any(held => held.Key.Name.Equals(key.Name, StringComparison.OrdinalIgnoreCase))) throw new AccountRuleException($"There is a key called “{key.Name}” already.");
            var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdLength / 2));
            var secret = SecretToken.Make();
            await PutAsync(key with { Id = id, Hash = SecretToken.HashOf(secret), OldHash = null, OldUntil = null, UsedAt = null, UsedFrom = "" }, cancellationToken);
            text = $"{Begin}{id}_{secret}";
            key = key with { Id = id };
        }
        finally
        {
            _gate.Release();
        }

        Changed?.Invoke(key.Id);
        return text;
    }

    /// <summary>Gives a key another secret; the one before stays good for a while.</summary>
    /// <param name="id">Which.</param>
    /// <param name="overlap">For how long; nothing for not at all.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Breaks off the writing.</param>
    /// <returns>The key as a program sends it, to be shown once; null where there is no such key.</returns>
    public async Task<string?> RotateAsync(string id, TimeSpan overlap, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var secret = SecretToken.Make();
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_keys.TryGetValue(id, out var held) || _revoked.ContainsKey(id)) return null;
            await PutAsync(held.Key with { Hash = SecretToken.HashOf(secret), OldHash = overlap > TimeSpan.Zero ? held.Key.Hash : null, OldUntil = overlap > TimeSpan.Zero ? now + overlap : null }, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }

        Changed?.Invoke(id);
        return $"{Begin}{id}_{secret}";
    }

    /// <summary>Takes a key away, at once; where the store cannot take it, it stays in the list, to be revoked again, since it would be good again after a restart.</summary>
    public async Task RevokeAsync(string id, CancellationToken cancellationToken)
    {
        if (!_keys.ContainsKey(id)) return;
        _revoked[id] = true;
        Changed?.Invoke(id);
        // Behind whoever notes that it was used: a note that is written later would bring it back.
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await _store.ApplyAsync([new DocumentChange(Kind, id, null)], cancellationToken);
            _keys.TryRemove(id, out _);
            _revoked.TryRemove(id, out _);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The key that a program sent, where it is good now; else null. Takes the same time for each secret of one key.</summary>
    public ApiKey? Find(ReadOnlySpan<char> text, DateTimeOffset now)
    {
        if (text.Length != Length || !text.StartsWith(Begin, StringComparison.Ordinal) || text[3 + IdLength] != '_') return null;
        if (!_byText.TryGetValue(text.Slice(3, IdLength), out var held)) return null;
        Span<byte> secret = stackalloc byte[SecretLength * 3];
        var length = Encoding.UTF8.GetBytes(text[(3 + IdLength + 1)..], secret);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(secret[..length], hash);
        var isNew = CryptographicOperations.FixedTimeEquals(hash, held.Hash);
        var isOld = CryptographicOperations.FixedTimeEquals(hash, held.OldHash) && held.Key.OldUntil > now;
        return (isNew | isOld) && !(held.Key.ExpiresAt <= now) && !_revoked.ContainsKey(held.Key.Id) ? held.Key : null;
    }

    /// <summary>Whether a key that was found is still good.</summary>
    public bool IsGood(string id, DateTimeOffset now) => _keys.TryGetValue(id, out var held) && !(held.Key.ExpiresAt <= now) && !_revoked.ContainsKey(id);

    /// <summary>Which series a key may send; null for all.</summary>
    public SeriesAllowance? AllowanceOf(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _keys.TryGetValue(key.Id, out var held) ? held.Allowance : null;
    }

    /// <summary>Notes that a key was used. Writes at most once in <see cref="Grain"/>.</summary>
    public async Task UseAsync(ApiKey key, string address, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (now - key.UsedAt < Grain || !_keys.TryGetValue(key.Id, out var held) || held.Key != key) return;
        if (!_keys.TryUpdate(key.Id, held with { Key = key with { UsedAt = now, UsedFrom = address } }, held)) return;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            // As it is by now: it may have been given another secret meanwhile, and the one before would be good again after a restart.
            if (!IsGood(key.Id, now) || !_keys.TryGetValue(key.Id, out var newest)) return;
            var used = newest.Key with { UsedAt = now, UsedFrom = address };
            await _store.ApplyAsync([new DocumentChange(Kind, key.Id, DocumentJson.Write(used))], cancellationToken);
            _keys.TryUpdate(key.Id, newest with { Key = used }, newest);
        }
        catch (Exception e) when (e is StoreFullException or StoreUnavailableException)
        {
            // Known in memory; a request is not refused because the disk is full.
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>What is wrong with a key that somebody wants, in a sentence; null for nothing.</summary>
    public static string? Fault(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Name.Trim().Length is 0 or > 60 || key.Name.Any(char.IsControl)) return "A key has a name of 1 to 60 characters; it is also what its points are accounted under.";
        if ((key.Scopes & ~(KeyScope.Ingest | KeyScope.Read | KeyScope.Rules | KeyScope.Jobs | KeyScope.Admin)) != 0) return "There is no such scope.";
        if (key.Scopes == KeyScope.None) return "A key is good for one thing at least.";
        if (key.Series.Count > MaxPatterns) return $"A key has at most {MaxPatterns} patterns of series.";
        if (key.Series.Any(static text => text.Length > MaxPattern)) return $"A pattern of series has at most {MaxPattern} characters.";
        return key.Series.FirstOrDefault(static text => !SeriesPattern.TryParse(text, out _)) is { } wrong ? $"“{wrong}” is no pattern of series such as cpu.* or cpu.load{{host=web1}}." : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task PutAsync(ApiKey key, CancellationToken cancellationToken)
    {
        await _store.ApplyAsync([new DocumentChange(Kind, key.Id, DocumentJson.Write(key))], cancellationToken);
        _keys[key.Id] = Hold(key);
    }

    private Held Hold(ApiKey key) => new(
        key, Convert.FromHexString(key.Hash), key.OldHash is null ? new byte[SHA256.HashSizeInBytes] : Convert.FromHexString(key.OldHash), key.Series.Count == 0 ? null : new SeriesAllowance(_catalog, key.Series));

    private sealed record Held(ApiKey Key, byte[] Hash, byte[] OldHash, SeriesAllowance? Allowance);
}
