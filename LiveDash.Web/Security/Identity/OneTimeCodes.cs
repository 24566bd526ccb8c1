using LiveDash.Core.Accounts;
using Microsoft.AspNetCore.Identity;
using OtpNet;

namespace LiveDash.Web.Security.Identity;

/// <summary>
/// Checks the codes of authenticator apps (TOTP, RFC 6238: SHA-1, 30 seconds, 6 digits) in the place of Identity's own check, which takes a code as often as it is sent and five
/// of them at any time: here a code is taken once, and the one before and after besides, for clocks that differ. Thread-safe.
/// </summary>
internal sealed class OneTimeCodes(FactorBook factors, TimeProvider time) : IUserTwoFactorTokenProvider<AccountUser>
{
    /// <inheritdoc/>
    public Task<string> GenerateAsync(string purpose, UserManager<AccountUser> manager, AccountUser user) => Task.FromResult("");

    /// <inheritdoc/>
    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<AccountUser> manager, AccountUser user)
    {
        if (token.Length != 6 || !token.All(char.IsAsciiDigit) || factors.Find(user.Id) is not { } factor) return false;
        var totp = new Totp(Base32Encoding.ToBytes(factor.AuthenticatorKey));
        return totp.VerifyTotp(time.GetUtcNow().UtcDateTime, token, out var step, new VerificationWindow(previous: 1, future: 1)) && await factors.TryUseStepAsync(user.Id, step, CancellationToken.None);
    }

    /// <inheritdoc/>
    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<AccountUser> manager, AccountUser user) => Task.FromResult(factors.Find(user.Id) is not null);
}
