using LiveDash.Core.Accounts;
using Microsoft.AspNetCore.Identity;

namespace LiveDash.Web.Security.Identity;

/// <summary>Checks a password against nobody's, with the work of a real check: how long an answer takes does not tell whether there is such an account. Thread-safe.</summary>
internal sealed class UnknownUser(IPasswordHasher<AccountUser> hasher)
{
    private readonly AccountUser _nobody = new();
    private readonly Lazy<string> _hash = new(() => hasher.HashPassword(new AccountUser(), Guid.NewGuid().ToString()));

    /// <summary>Does the work.</summary>
    public void Verify(string password) => hasher.VerifyHashedPassword(_nobody, _hash.Value, password);
}
