using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Accounts;

/// <summary>
/// All second factors: what the store holds under the kind <see cref="Kind"/>, kept in memory too, at most one an account; and from which role on one is asked for.
/// Thread-safe; a code is taken once, whoever sends it at the same time.
/// </summary>
public sealed class FactorBook(IDocumentStore store) : IDisposable
{
    /// <summary>The kind of the documents.</summary>
    public const string Kind = "account.factor";

    /// <summary>How many recovery codes are made at once.</summary>
    public const int RecoveryCodes = 10;

    private const string PolicyKind = "settings";
    private const string PolicyId = "second-factor";
    private const int HashRounds = 210_000;

    private readonly SemaphoreSlim _gate = new(1, 1);

    // Bounded by AccountBook.MaxUsers.
    private readonly ConcurrentDictionary<string, AccountFactor> _factors = new();
    private volatile FactorPolicy _policy = new(null);

    /// <summary>Another role is asked for one. Raised on any thread.</summary>
    public event Action? PolicyChanged;

    /// <summary>The least role that needs a second factor; null for none.</summary>
    public AccountRole? RequiredFrom => _policy.From;

    /// <summary>Reads the store. To be called once.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var document in await store.ListAsync(Kind, cancellationToken))
        {
            if (DocumentJson.TryRead<AccountFactor>(document.Body) is { } factor) _factors[factor.UserId] = factor;
        }

        if (await store.GetAsync(PolicyKind, PolicyId, cancellationToken) is { } body) _policy = DocumentJson.TryRead<FactorPolicy>(body) ?? _policy;
    }

    /// <summary>The factor of an account, confirmed or not; null for none.</summary>
    public AccountFactor? Find(string userId) => _factors.GetValueOrDefault(userId);

    /// <summary>Whether an account is asked for a code.</summary>
    public bool IsOn(string userId) => Find(userId) is { IsConfirmed: true };

    /// <summary>Whether an account must set one up before it may do anything.</summary>
    public bool IsMissing(AccountUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.Role >= RequiredFrom && !IsOn(user.Id);
    }

    /// <summary>Says which roles need a second factor.</summary>
    /// <param name="from">The least of them; null for none.</param>
    /// <param name="cancellationToken">Breaks off the writing.</param>
    public async Task RequireAsync(AccountRole? from, CancellationToken cancellationToken)
    {
        if (from is { } role && !Enum.IsDefined(role)) throw new AccountRuleException("There is no such role.");
        var policy = new FactorPolicy(from);
        await store.ApplyAsync([new DocumentChange(PolicyKind, PolicyId, DocumentJson.Write(policy))], cancellationToken);
        _policy = policy;
        PolicyChanged?.Invoke();
    }

    /// <summary>Gives an account a secret that its app is to confirm. One that is confirmed is replaced too.</summary>
    /// <param name="userId">The account.</param>
    /// <param name="key">The secret in Base32.</param>
    /// <param name="now">When it is made.</param>
    /// <param name="cancellationToken">Breaks off the writing.</param>
    public Task BeginAsync(string userId, string key, DateTimeOffset now, CancellationToken cancellationToken) =>
        ChangeAsync(userId, _ => new AccountFactor { UserId = userId, AuthenticatorKey = key, MadeAt = now }, cancellationToken);

    /// <summary>From now on the account is asked for a code.</summary>
    public Task ConfirmAsync(string userId, CancellationToken cancellationToken) =>
        ChangeAsync(userId, static known => known is null ? null : known with { IsConfirmed = true }, cancellationToken);

    /// <summary>Takes the factor off an account.</summary>
    public async Task RemoveAsync(string userId, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_factors.ContainsKey(userId)) return;
            await store.ApplyAsync([new DocumentChange(Kind, userId, null)], cancellationToken);
            _factors.TryRemove(userId, out _);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Uses up the code of a step of 30 seconds.</summary>
    /// <returns>False where a code of that step or of a later one was used before.</returns>
    public Task<bool> TryUseStepAsync(string userId, long step, CancellationToken cancellationToken) =>
        ChangeAsync(userId, known => known is null || step <= known.LastStep ? null : known with { LastStep = step }, cancellationToken);

    /// <summary>Keeps other recovery codes, as their hashes; those of before are no use any more.</summary>
    public Task ReplaceCodesAsync(string userId, IEnumerable<string> codes, CancellationToken cancellationToken)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var hashes = codes.Select(code => HashOf(code, salt)).ToList();
        return ChangeAsync(userId, known => known is null ? null : known with { RecoverySalt = Convert.ToHexStringLower(salt), RecoveryHashes = hashes }, cancellationToken);
    }

    /// <summary>Uses up a recovery code; false where there is none like it.</summary>
    public Task<bool> TryRedeemAsync(string userId, string code, CancellationToken cancellationToken)
    {
        // One hash a try, whatever the number of codes: they share a salt.
        if (Find(userId) is not { RecoveryHashes.Count: > 0 } factor || Plain(code).Length is 0 or > 40) return Task.FromResult(false);
        var hash = HashOf(code, Convert.FromHexString(factor.RecoverySalt));
        return ChangeAsync(
            userId,
            known => known is not null && known.RecoverySalt == factor.RecoverySalt && known.RecoveryHashes.FirstOrDefault(one => IsSame(one, hash)) is { } found
                ? known with { RecoveryHashes = [.. known.RecoveryHashes.Where(one => one != found)] } : null,
            cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private static bool IsSame(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), Encoding.ASCII.GetBytes(other));

    // A code has some 50 bits: a salt and the rounds of a password (ASVS 5.0, 6.5.2).
    private static string HashOf(string code, byte[] salt) => Convert.ToHexStringLower(Rfc2898DeriveBytes.Pbkdf2(Plain(code), salt, HashRounds, HashAlgorithmName.SHA512, 32));

    // As people type it: in any case, with or without the hyphen.
    private static string Plain(string code) => new([.. code.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);

    private async Task<bool> ChangeAsync(string userId, Func<AccountFactor?, AccountFactor?> change, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (change(_factors.GetValueOrDefault(userId)) is not { } changed) return false;
            await store.ApplyAsync([new DocumentChange(Kind, userId, DocumentJson.Write(changed))], cancellationToken);
            _factors[userId] = changed;
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    private sealed record FactorPolicy(AccountRole? From);
}
