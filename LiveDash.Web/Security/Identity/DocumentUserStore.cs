using LiveDash.Core.Accounts;
using Microsoft.AspNetCore.Identity;

namespace LiveDash.Web.Security.Identity;

/// <summary>ASP.NET Core Identity's store of accounts over <see cref="AccountBook"/>, <see cref="FactorBook"/> and <see cref="PasskeyBook"/>, so that every store of documents serves. Stateless beside the books; thread-safe.</summary>
internal sealed partial class DocumentUserStore(AccountBook accounts, FactorBook factors, PasskeyBook passkeys, IdentityErrorDescriber errors, TimeProvider time) : IUserPasswordStore<AccountUser>, IUserSecurityStampStore<AccountUser>, IUserLockoutStore<AccountUser>
{
    /// <inheritdoc/>
    public async Task<IdentityResult> CreateAsync(AccountUser user, CancellationToken cancellationToken)
    {
        try
        {
            await accounts.AddAsync(user, cancellationToken);
            return IdentityResult.Success;
        }
        catch (AccountRuleException rule)
        {
            return Failed(rule);
        }
    }

    /// <inheritdoc/>
    public async Task<IdentityResult> UpdateAsync(AccountUser user, CancellationToken cancellationToken)
    {
        try
        {
            return await accounts.ReplaceAsync(user, cancellationToken) ? IdentityResult.Success : IdentityResult.Failed(errors.ConcurrencyFailure());
        }
        catch (AccountRuleException rule)
        {
            return Failed(rule);
        }
    }

    /// <inheritdoc/>
    public async Task<IdentityResult> DeleteAsync(AccountUser user, CancellationToken cancellationToken)
    {
        try
        {
            await accounts.RemoveAsync(user.Id, cancellationToken);
            return IdentityResult.Success;
        }
        catch (AccountRuleException rule)
        {
            return Failed(rule);
        }
    }

    /// <inheritdoc/>
    public Task<AccountUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(accounts.Find(userId));

    /// <inheritdoc/>
    public Task<AccountUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Task.FromResult(accounts.FindByName(normalizedUserName));

    /// <inheritdoc/>
    public Task<string> GetUserIdAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    /// <inheritdoc/>
    public Task<string?> GetUserNameAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    /// <inheritdoc/>
    public Task SetUserNameAsync(AccountUser user, string? userName, CancellationToken cancellationToken) => Set(() => user.Name = userName ?? "");

    /// <inheritdoc/>
    public Task<string?> GetNormalizedUserNameAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalizedName);

    /// <inheritdoc/>
    public Task SetNormalizedUserNameAsync(AccountUser user, string? normalizedName, CancellationToken cancellationToken) => Set(() => user.NormalizedName = normalizedName ?? "");

    /// <inheritdoc/>
    public Task SetPasswordHashAsync(AccountUser user, string? passwordHash, CancellationToken cancellationToken) => Set(() => user.PasswordHash = passwordHash);

    /// <inheritdoc/>
    public Task<string?> GetPasswordHashAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    /// <inheritdoc/>
    public Task<bool> HasPasswordAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    /// <inheritdoc/>
    public Task SetSecurityStampAsync(AccountUser user, string stamp, CancellationToken cancellationToken) => Set(() => user.SecurityStamp = stamp);

    /// <inheritdoc/>
    public Task<string?> GetSecurityStampAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    /// <inheritdoc/>
    public Task<DateTimeOffset?> GetLockoutEndDateAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult(user.LockedUntil);

    /// <inheritdoc/>
    public Task SetLockoutEndDateAsync(AccountUser user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) => Set(() => user.LockedUntil = lockoutEnd);

    /// <inheritdoc/>
    public Task<int> IncrementAccessFailedCountAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult(++user.FailedCount);

    /// <inheritdoc/>
    public Task ResetAccessFailedCountAsync(AccountUser user, CancellationToken cancellationToken) => Set(() => user.FailedCount = 0);

    /// <inheritdoc/>
    public Task<int> GetAccessFailedCountAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult(user.FailedCount);

    /// <inheritdoc/>
    public Task<bool> GetLockoutEnabledAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <inheritdoc/>
    public Task SetLockoutEnabledAsync(AccountUser user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static Task Set(Action set)
    {
        set();
        return Task.CompletedTask;
    }

    private static IdentityResult Failed(AccountRuleException rule) => IdentityResult.Failed(new IdentityError { Code = "Rule", Description = rule.Message });
}
