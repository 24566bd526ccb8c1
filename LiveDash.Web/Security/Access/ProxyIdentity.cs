using System.Security.Claims;
using LiveDash.Core.Accounts;
using LiveDash.Core.Configuration;

namespace LiveDash.Web.Security.Access;

/// <summary>
/// Who a proxy has signed in: the person it names in a header, with the role of the best of the person's groups. Believed only where the connection itself comes from a listed
/// proxy; anybody else's header is not looked at. Settings under <c>LiveDash:Security:Proxy</c>. Thread-safe.
/// </summary>
internal sealed class ProxyIdentity
{
    private readonly SecurityState _state;
    private readonly string _userHeader;
    private readonly string _groupsHeader;
    private readonly AccountRole? _defaultRole;
    private readonly Dictionary<string, AccountRole> _roles = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingsException">A role is none.</exception>
    public ProxyIdentity(SecurityState state, IConfiguration configuration)
    {
        _state = state;
        var section = configuration.GetSection(SecurityOptions.Section + ":Proxy");
        _userHeader = section["UserHeader"] ?? "Remote-User";
        _groupsHeader = section["GroupsHeader"] ?? "Remote-Groups";
        _defaultRole = section["DefaultRole"] is { Length: > 0 } role ? Role(section.Path + ":DefaultRole", role) : section["DefaultRole"] is null ? AccountRole.Viewer : null;
        foreach (var mapped in section.GetSection("Roles").GetChildren()) _roles[mapped.Key] = Role(mapped.Path, mapped.Value ?? "");
    }

    /// <summary>Who asks, or null.</summary>
    public ClaimsPrincipal? Of(HttpContext context)
    {
        if (!_state.IsProxy(context.Features.Get<ConnectionPeer>()?.Address)) return null;
        if (context.Request.Headers[_userHeader] is not [{ Length: > 0 and <= 200 } name]) return null;
        // Two names in one header: one of them is not the proxy's.
        if (name.Contains(',', StringComparison.Ordinal)) return null;
        var groups = context.Request.Headers[_groupsHeader].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var role = groups.Select(group => _roles.TryGetValue(group, out var found) ? found : _defaultRole).Append(_defaultRole).Max();
        return role is { } known ? AccessClaims.OfProxy(name, known, groups) : null;
    }

    private static AccountRole Role(string setting, string text) =>
        Enum.TryParse<AccountRole>(text, ignoreCase: true, out var role) && Enum.IsDefined(role) ? role
            : throw new SettingsException([$"{setting} is '{text}'; it is one of {string.Join(", ", Enum.GetNames<AccountRole>().Select(static name => name.ToLowerInvariant()))}."]);
}
