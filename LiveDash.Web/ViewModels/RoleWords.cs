using LiveDash.Core.Accounts;

namespace LiveDash.Web.ViewModels;

/// <summary>Roles in words.</summary>
public static class RoleWords
{
    /// <summary>The role as it stands on screen.</summary>
    public static string Of(AccountRole? role) => role?.ToString().ToLowerInvariant() ?? "nobody";
}
