using System.Security.Claims;
using LiveDash.Core.Accounts;

namespace LiveDash.Web.Security;

/// <summary>What is said of who asks: the claims of its principal, written and read here alone.</summary>
internal static class AccessClaims
{
    /// <summary>The claim that names a session.</summary>
    public const string Session = "livedash:session";

    /// <summary>The claim that says how somebody signed in.</summary>
    public const string Method = "livedash:method";

    /// <summary>The claim that names the one dashboard of a share link.</summary>
    public const string SharedDashboard = "livedash:shared";

    private const string Group = "livedash:group";
    private const string Variable = "livedash:variable:";
    private const string Scheme = "livedash";
    private const string KeyBegin = "key:";
    private const string ShareBegin = "share:";

    /// <summary>Who a session is.</summary>
    public static ClaimsPrincipal Of(AccountUser user, string session) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, user.Id), new(ClaimTypes.Name, user.Name), new(ClaimTypes.Role, user.Role.ToString()), new(Session, session)], Scheme));

    /// <summary>What a key is: no person, and no role; the gate has looked at its scopes.</summary>
    public static ClaimsPrincipal OfKey(ApiKey key) => new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, KeyBegin + key.Id), new(ClaimTypes.Name, key.Name)], Scheme));

    /// <summary>The key of a principal, or null.</summary>
    public static string? KeyOf(ClaimsPrincipal principal) => UserOf(principal) is { } id && id.StartsWith(KeyBegin, StringComparison.Ordinal) ? id[KeyBegin.Length..] : null;

    /// <summary>Who looks by a share link: nobody by name, and without a role.</summary>
    public static ClaimsPrincipal OfShare(ShareLink link) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, ShareBegin + link.Id), new(SharedDashboard, link.Dashboard), .. link.Variables.Select(static one => new Claim(Variable + one.Key, one.Value))], Scheme));

    /// <summary>The values that a share link fixes, by the names of variables; none for who did not come by one.</summary>
    public static IReadOnlyDictionary<string, string> VariablesOf(ClaimsPrincipal principal) =>
        principal.Claims.Where(static claim => claim.Type.StartsWith(Variable, StringComparison.Ordinal)).ToDictionary(static claim => claim.Type[Variable.Length..], static claim => claim.Value, StringComparer.Ordinal);

    /// <summary>The share link of a principal, or null.</summary>
    public static string? ShareOf(ClaimsPrincipal principal) => UserOf(principal) is { } id && id.StartsWith(ShareBegin, StringComparison.Ordinal) ? id[ShareBegin.Length..] : null;

    /// <summary>Who a proxy says it is.</summary>
    public static ClaimsPrincipal OfProxy(string name, AccountRole role, IEnumerable<string> groups) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, "proxy:" + name), new(ClaimTypes.Name, name), new(ClaimTypes.Role, role.ToString()), .. groups.Take(AccountBook.MaxGroups).Select(static group => new Claim(Group, group))], Scheme));

    /// <summary>The groups of whom a proxy signed in; none for anybody else.</summary>
    public static IReadOnlyList<string> GroupsOf(ClaimsPrincipal principal) => [.. principal.FindAll(Group).Select(static claim => claim.Value)];

    /// <summary>The session of a principal, or null.</summary>
    public static string? SessionOf(ClaimsPrincipal principal) => principal.FindFirstValue(Session);

    /// <summary>The account of a principal, or null.</summary>
    public static string? UserOf(ClaimsPrincipal principal) => principal.FindFirstValue(ClaimTypes.NameIdentifier);

    /// <summary>The account with a password that a principal is signed in to here; null for a key, a link, and people whom a proxy or a provider signs in.</summary>
    public static AccountUser? OwnAccount(ClaimsPrincipal principal, AccountBook accounts)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        return SessionOf(principal) is not null && UserOf(principal) is { } id && accounts.Find(id) is { PasswordHash: not null } own ? own : null;
    }

    /// <summary>The role of a principal; null for who has none.</summary>
    public static AccountRole? RoleOf(ClaimsPrincipal principal) => Enum.TryParse<AccountRole>(principal.FindFirstValue(ClaimTypes.Role), out var role) ? role : null;
}
