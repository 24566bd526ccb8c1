using System.Security.Claims;
using LiveDash.Core.Accounts;
using Microsoft.AspNetCore.Components.Authorization;

namespace LiveDash.Web.Security.Access;

/// <summary>
/// Who looks at a page, for its components: one a circuit, and one a page that is rendered before its circuit. Where nobody has to say who they are, everybody is an
/// administrator without a name. Not thread-safe: to be asked on the circuit's own thread.
/// </summary>
public sealed class Visitor(SecurityState state, AuthenticationStateProvider authentication)
{
    /// <summary>The session has ended, or the role has changed: the page is to be loaded anew. Raised on any thread.</summary>
    public event Action? Ended;

    /// <summary>Something was asked for that needs the role given; nothing was done.</summary>
    public event Action<AccountRole>? Denied;

    /// <summary>How the app knows who asks.</summary>
    public SecurityMode Mode => state.Mode;

    /// <summary>True where people sign in.</summary>
    public bool AsksWho => state.AsksWho;

    /// <summary>The person's name; null where nobody says one.</summary>
    public string? Name => AsksWho ? User.FindFirstValue(ClaimTypes.Name) : null;

    /// <summary>The account's id; null where there is none.</summary>
    public string? UserId => AsksWho ? AccessClaims.UserOf(User) : null;

    /// <summary>The session; null where there is none.</summary>
    public string? Session => AsksWho ? AccessClaims.SessionOf(User) : null;

    /// <summary>The one dashboard that may be looked at by a share link; null for who did not come by one.</summary>
    public string? SharedDashboard => AsksWho ? User.FindFirstValue(AccessClaims.SharedDashboard) : null;

    /// <summary>The values of that dashboard's variables which the link fixes: who came by one chooses none.</summary>
    public IReadOnlyDictionary<string, string> SharedVariables => AsksWho ? AccessClaims.VariablesOf(User) : new Dictionary<string, string>();

    /// <summary>The person's groups as a proxy said them; none for who has an account, which knows its own.</summary>
    public IReadOnlyList<string> SaidGroups => AsksWho ? AccessClaims.GroupsOf(User) : [];

    /// <summary>The person's role; null for a stranger.</summary>
    public AccountRole? Role => AsksWho ? AccessClaims.RoleOf(User) : AccountRole.Administrator;

    private ClaimsPrincipal User
    {
        get
        {
            try
            {
                // Known from the beginning of a circuit or a page; who has to be waited for is nobody yet.
                return authentication.GetAuthenticationStateAsync() is { IsCompletedSuccessfully: true } known ? known.Result.User : new ClaimsPrincipal();
            }
            catch (InvalidOperationException)
            {
                return new ClaimsPrincipal();
            }
        }
    }

    /// <summary>Whether the person may do what needs a role.</summary>
    public bool May(AccountRole role) => Role >= role;

    /// <summary>
    /// What every handler of a component asks before it changes something: true where the person may not, who is told so. A button that is not shown is no protection, since
    /// whoever has a circuit can send any event.
    /// </summary>
    public bool Refuses(AccountRole role)
    {
        if (May(role)) return false;
        Denied?.Invoke(role);
        return true;
    }

    /// <summary>Tells that the page is to be loaded anew.</summary>
    internal void End() => Ended?.Invoke();
}
