using LiveDash.Core.Accounts;
using Microsoft.AspNetCore.Identity;

namespace LiveDash.Web.Security.Identity;

internal sealed partial class DocumentUserStore : IUserPasskeyStore<AccountUser>
{
    /// <inheritdoc/>
    public Task AddOrUpdatePasskeyAsync(AccountUser user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => passkeys.Find(passkey.CredentialId) is { } known
        ? passkeys.UpdateAsync(known.Id, old => old with { Name = passkey.Name ?? old.Name, SignCount = passkey.SignCount, IsBackedUp = passkey.IsBackedUp }, cancellationToken)
        : passkeys.AddAsync(
            new AccountPasskey
            {
                Id = PasskeyBook.IdOf(passkey.CredentialId), UserId = user.Id, Name = passkey.Name ?? "", CredentialId = passkey.CredentialId, PublicKey = passkey.PublicKey, SignCount = passkey.SignCount,
                Transports = passkey.Transports ?? [], IsBackupEligible = passkey.IsBackupEligible, IsBackedUp = passkey.IsBackedUp, MadeAt = passkey.CreatedAt,
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult<IList<UserPasskeyInfo>>([.. passkeys.Of(user.Id).Where(static one => one.CredentialId.Length > 0).Select(Info)]);

    /// <inheritdoc/>
    public Task<AccountUser?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(passkeys.Find(credentialId) is { } passkey ? accounts.Find(passkey.UserId) : null);

    /// <inheritdoc/>
    public Task<UserPasskeyInfo?> FindPasskeyAsync(AccountUser user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(passkeys.Find(credentialId) is { } passkey && passkey.UserId == user.Id ? Info(passkey) : null);

    /// <inheritdoc/>
    public Task RemovePasskeyAsync(AccountUser user, byte[] credentialId, CancellationToken cancellationToken) => passkeys.RemoveAsync(user.Id, PasskeyBook.IdOf(credentialId), cancellationToken);

    // What the device said of itself when it was made is not kept: nothing is asked of it, and nothing asks for it again.
    private static UserPasskeyInfo Info(AccountPasskey passkey) => new(
        passkey.CredentialId, passkey.PublicKey, passkey.MadeAt, passkey.SignCount, [.. passkey.Transports], isUserVerified: true, passkey.IsBackupEligible, passkey.IsBackedUp, attestationObject: [], clientDataJson: [])
    {
        Name = passkey.Name,
    };
}
