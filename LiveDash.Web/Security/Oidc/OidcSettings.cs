using LiveDash.Core.Accounts;
using LiveDash.Core.Configuration;

namespace LiveDash.Web.Security.Oidc;

/// <summary>An OpenID provider that signs people in; the settings under <c>LiveDash:Security:Oidc</c>. Immutable.</summary>
internal sealed record OidcSettings
{
    private const string Section = SecurityOptions.Section + ":Oidc";

    /// <summary>The provider's address, below which it describes itself.</summary>
    public required string Authority { get; init; }

    /// <summary>What the provider calls this app.</summary>
    public required string ClientId { get; init; }

    /// <summary>What this app proves itself with to the provider.</summary>
    public required string ClientSecret { get; init; }

    /// <summary>What stands on the button of the sign-in page. Default <c>single sign-on</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What is asked for besides <c>openid</c> and <c>profile</c>, parted by spaces. Default <c>email</c>.</summary>
    public required string Scopes { get; init; }

    /// <summary>The claim whose values roles are made of. Default <c>groups</c>.</summary>
    public required string RoleClaim { get; init; }

    /// <summary>The role of each value.</summary>
    public required IReadOnlyDictionary<string, AccountRole> Roles { get; init; }

    /// <summary>The role of who has none of these values; null for who then may not in. Default none: a provider may know the whole world.</summary>
    public AccountRole? DefaultRole { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <returns>Null where none is set.</returns>
    /// <exception cref="SettingsException">One is missing or cannot be read.</exception>
    public static OidcSettings? Read(IConfiguration configuration, SecurityMode mode)
    {
        var section = configuration.GetSection(Section);
        if (!section.Exists()) return null;
        var faults = new List<string>();
        string Needed(string key) => section[key] is { Length: > 0 } value ? value : Missing(key);
        string Missing(string key)
        {
            faults.Add($"{Section}:{key} is not set; it is needed beside the others of {Section}.");
            return "";
        }

        if (mode != SecurityMode.Accounts) faults.Add($"{Section} is set, and nobody signs in here: set {SecurityOptions.Section}:Mode=accounts.");
        var authority = Needed("Authority");
        if (authority.Length > 0 && !(Uri.TryCreate(authority, UriKind.Absolute, out var uri) && (uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback))))
        {
            faults.Add($"{Section}:Authority is '{authority}'; it is an address that begins with https:// (http:// on the loopback alone).");
        }

        var roles = new Dictionary<string, AccountRole>(StringComparer.Ordinal);
        foreach (var mapped in section.GetSection("Roles").GetChildren())
        {
            if (Role(mapped, faults) is { } role) roles[mapped.Key] = role;
        }

        var settings = new OidcSettings
        {
            Authority = authority,
            ClientId = Needed("ClientId"),
            ClientSecret = Needed("ClientSecret"),
            Name = section["Name"] ?? "single sign-on",
            Scopes = section["Scopes"] ?? "email",
            RoleClaim = section["RoleClaim"] ?? "groups",
            Roles = roles,
            DefaultRole = section["DefaultRole"] is { Length: > 0 } ? Role(section.GetSection("DefaultRole"), faults) : null,
        };
        if (roles.Count == 0 && settings.DefaultRole is null) faults.Add($"{Section}:Roles names no role, so that nobody could sign in; set {Section}:Roles:<value of {settings.RoleClaim}>=viewer, or {Section}:DefaultRole.");
        return faults.Count == 0 ? settings : throw new SettingsException(faults);
    }

    private static AccountRole? Role(IConfigurationSection section, List<string> faults)
    {
        if (Enum.TryParse<AccountRole>(section.Value, ignoreCase: true, out var role) && Enum.IsDefined(role)) return role;
        faults.Add($"{section.Path} is '{section.Value}'; it is one of {string.Join(", ", Enum.GetNames<AccountRole>().Select(static name => name.ToLowerInvariant()))}.");
        return null;
    }
}
