using LiveDash.Core.Accounts;

namespace LiveDash.Web.Security.Access;

/// <summary>Who may call a route. Immutable.</summary>
/// <param name="Methods">The HTTP methods, parted by spaces.</param>
/// <param name="Pattern">The route as it is mapped, without constraints, from its first slash on.</param>
/// <param name="Role">The role it needs; null for nobody's, that is for everybody.</param>
/// <param name="IsShared">True for what a share link opens too: its own dashboard, and what pages run on.</param>
/// <param name="Scope">The scope that lets a key call it; null where no key may.</param>
internal sealed record AccessRule(string Methods, string Pattern, AccountRole? Role, KeyScope? Scope = null, bool IsShared = false);
