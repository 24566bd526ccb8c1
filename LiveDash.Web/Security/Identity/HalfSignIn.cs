using LiveDash.Core.Accounts;

namespace LiveDash.Web.Security.Identity;

/// <summary>Somebody whose name and password were right, and who has to show a second factor yet. Immutable.</summary>
/// <param name="User">A copy of the account.</param>
/// <param name="Method">How it began, such as <c>password</c>.</param>
/// <param name="Remember">Whether the cookie is to outlive the browser's window.</param>
internal sealed record HalfSignIn(AccountUser User, string Method, bool Remember);
