using LiveDash.Core.Storage;

namespace LiveDash.Core.Accounts;

/// <summary>
/// All accounts: what the store holds under the kind <see cref="Kind"/>, kept in memory too. At most <see cref="MaxUsers"/>. Thread-safe; changes are made
/// one after another, each with a look at the newest state. There is always an administrator who may sign in, once there was one.
/// </summary>
public sealed class AccountBook(IDocumentStore store) : IDisposable
{
    /// <summary>The kind of the documents.</summary>
    public const string Kind = "account.user";

    /// <summary>The longest name.</summary>
    public const int MaxName = 100;

    /// <summary>How many accounts there may be.</summary>
    public const int MaxUsers = 1_000;

    /// <summary>How many groups an account may belong to.</summary>
    public const int MaxGroups = 50;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile IReadOnlyDictionary<string, AccountUser> _users = new Dictionary<string, AccountUser>();

    /// <summary>An account was made, changed or removed; the argument is its id. Raised outside the lock, on any thread.</summary>
    public event Action<string>? Changed;

    /// <summary>Copies of all, by name.</summary>
    public IReadOnlyList<AccountUser> All => [.. _users.Values.OrderBy(static user => user.NormalizedName, StringComparer.Ordinal).Select(static user => user with { })];

    /// <summary>True once there is an administrator who may sign in.</summary>
    public bool HasAdministrator => _users.Values.Any(IsActingAdministrator);

    /// <summary>Reads the store. To be called once, before anything else.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var documents = await store.ListAsync(Kind, cancellationToken);
        _users = documents.Select(static document => DocumentJson.TryRead<AccountUser>(document.Body)).OfType<AccountUser>().ToDictionary(static user => user.Id);
    }

    /// <summary>A copy of one account, or null.</summary>
    public AccountUser? Find(string id) => _users.TryGetValue(id, out var user) ? user with { } : null;

    /// <summary>A copy of the account of a name as it is compared, or null.</summary>
    public AccountUser? FindByName(string normalizedName) => _users.Values.FirstOrDefault(user => user.NormalizedName == normalizedName) is { } found ? found with { } : null;

    /// <summary>A copy of the account that an issuer vouches for, or null.</summary>
    public AccountUser? FindBySubject(string issuer, string subject) => _users.Values.FirstOrDefault(user => user.Issuer == issuer && user.Subject == subject) is { } found ? found with { } : null;

    /// <summary>What a request asks about an account: whether it may act now, without a copy. Null for an account that is not there or is disabled.</summary>
    internal AccountUser? Acting(string id) => _users.TryGetValue(id, out var user) && !user.IsDisabled ? user : null;

    /// <summary>Adds an account.</summary>
    /// <exception cref="AccountRuleException">The name is taken, or there are <see cref="MaxUsers"/>.</exception>
    public async Task AddAsync(AccountUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        await ChangeAsync(
            user.Id,
            users =>
            {
                if (users.Count >= MaxUsers) throw new AccountRuleException($"There are {MaxUsers} accounts already; remove one first.");
                return user with { ConcurrencyStamp = NewStamp() };
            },
            cancellationToken);
    }

    /// <summary>Keeps a changed copy.</summary>
    /// <returns>False where the account is gone, or was changed since the copy was made.</returns>
    /// <exception cref="AccountRuleException">The name is taken, or nobody would be left to administer.</exception>
    public async Task<bool> ReplaceAsync(AccountUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        var stamp = NewStamp();
        var kept = await ChangeAsync(
            user.Id,
            users => users.TryGetValue(user.Id, out var current) && current.ConcurrencyStamp == user.ConcurrencyStamp ? user with { ConcurrencyStamp = stamp } : null,
            cancellationToken);
        if (kept) user.ConcurrencyStamp = stamp;
        return kept;
    }

    /// <summary>Changes the newest state of an account.</summary>
    /// <returns>False where there is no such account.</returns>
    /// <exception cref="AccountRuleException">The name or the address of mail is taken, or nobody would be left to administer.</exception>
    public Task<bool> UpdateAsync(string id, Func<AccountUser, AccountUser> change, CancellationToken cancellationToken) =>
        ChangeAsync(id, users => users.TryGetValue(id, out var current) ? change(current with { }) with { Id = id, ConcurrencyStamp = NewStamp() } : null, cancellationToken);

    /// <summary>Removes an account.</summary>
    /// <exception cref="AccountRuleException">Nobody would be left to administer.</exception>
    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_users.ContainsKey(id)) return;
            var users = new Dictionary<string, AccountUser>(_users);
            users.Remove(id);
            KeepAdministrator(users);
            await store.ApplyAsync([new DocumentChange(Kind, id, null)], cancellationToken);
            _users = users;
        }
        finally
        {
            _gate.Release();
        }

        Changed?.Invoke(id);
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private static bool IsActingAdministrator(AccountUser user) => user is { Role: AccountRole.Administrator, IsDisabled: false };

    private static string NewStamp() => Guid.NewGuid().ToString("N");

    private void KeepAdministrator(Dictionary<string, AccountUser> users)
    {
        if (HasAdministrator && !users.Values.Any(IsActingAdministrator)) throw new AccountRuleException("This is the last administrator; make another one first.");
    }

    // Of two with one address nobody could say whose password a mail to it sets. Those that share one from before keep it until one of them is given another.
    private void CheckMail(string id, AccountUser changed)
    {
        if (changed.Email is not { } mail || string.Equals(_users.GetValueOrDefault(id)?.Email, mail, StringComparison.OrdinalIgnoreCase)) return;
        if (_users.Values.Any(other => other.Id != id && (string.Equals(other.Email, mail, StringComparison.OrdinalIgnoreCase) || string.Equals(other.Name, mail, StringComparison.OrdinalIgnoreCase))))
        {
            throw new AccountRuleException("Another account has this address of mail.");
        }
    }

    // Whoever is asked for by a name or by an address of mail is one account. Those that clash from before keep both until one of them is changed.
    private void CheckName(string id, AccountUser changed)
    {
        if (_users.Values.Any(other => other.Id != id && other.NormalizedName == changed.NormalizedName)) throw new AccountRuleException($"There is an account called “{changed.Name}” already.");
        if (string.Equals(_users.GetValueOrDefault(id)?.Name, changed.Name, StringComparison.OrdinalIgnoreCase)) return;
        // It stands in each cookie of a sign-in, too.
        if (changed.Name.Length is 0 or > MaxName || changed.Name.Any(char.IsControl)) throw new AccountRuleException($"A name has 1 to {MaxName} characters, and no control characters.");
        if (_users.Values.Any(other => other.Id != id && string.Equals(other.Email, changed.Name, StringComparison.OrdinalIgnoreCase))) throw new AccountRuleException($"“{changed.Name}” cannot be taken as a name.");
    }

    private async Task<bool> ChangeAsync(string id, Func<IReadOnlyDictionary<string, AccountUser>, AccountUser?> change, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (change(_users) is not { } changed) return false;
            // What a page offers is no bound: whoever has a circuit can send any number as a role.
            if (!Enum.IsDefined(changed.Role)) throw new AccountRuleException("There is no such role.");
            CheckName(id, changed);
            CheckMail(id, changed);
            var users = new Dictionary<string, AccountUser>(_users) { [id] = changed with { } };
            KeepAdministrator(users);
            await store.ApplyAsync([new DocumentChange(Kind, id, DocumentJson.Write(changed))], cancellationToken);
            _users = users;
        }
        finally
        {
            _gate.Release();
        }

        Changed?.Invoke(id);
        return true;
    }
}
