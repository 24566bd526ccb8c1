using LiveDash.Core.Accounts;
using Microsoft.AspNetCore.Identity;

namespace LiveDash.Web.Security.Identity;

internal sealed partial class DocumentUserStore : IUserTwoFactorStore<AccountUser>, IUserAuthenticatorKeyStore<AccountUser>, IUserTwoFactorRecoveryCodeStore<AccountUser>
{
    /// <inheritdoc/>
    public Task<bool> GetTwoFactorEnabledAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult(factors.IsOn(user.Id));

    /// <inheritdoc/>
    public Task SetTwoFactorEnabledAsync(AccountUser user, bool enabled, CancellationToken cancellationToken) =>
        enabled ? factors.ConfirmAsync(user.Id, cancellationToken) : factors.RemoveAsync(user.Id, cancellationToken);

    /// <inheritdoc/>
    public Task<string?> GetAuthenticatorKeyAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult(factors.Find(user.Id)?.AuthenticatorKey);

    /// <inheritdoc/>
    public Task SetAuthenticatorKeyAsync(AccountUser user, string key, CancellationToken cancellationToken) => factors.BeginAsync(user.Id, key, time.GetUtcNow(), cancellationToken);

    /// <inheritdoc/>
    public Task ReplaceCodesAsync(AccountUser user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) => factors.ReplaceCodesAsync(user.Id, recoveryCodes, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RedeemCodeAsync(AccountUser user, string code, CancellationToken cancellationToken) => factors.TryRedeemAsync(user.Id, code, cancellationToken);

    /// <inheritdoc/>
    public Task<int> CountCodesAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult(factors.Find(user.Id)?.RecoveryHashes.Count ?? 0);
}
