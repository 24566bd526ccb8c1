using LiveDash.Core.Accounts;

namespace LiveDash.Web.Security.Access;

/// <summary>Scopes of keys in words.</summary>
internal static class ScopeWords
{
    private static readonly KeyScope[] s_all = [KeyScope.Ingest, KeyScope.Read, KeyScope.Rules, KeyScope.Jobs, KeyScope.Admin];

    /// <summary>Every scope.</summary>
    public static IReadOnlyList<KeyScope> All => s_all;

    /// <summary>The scopes, as <c>ingest, read</c>.</summary>
    public static string Of(KeyScope scopes) => Join(scopes, ", ");

    /// <summary>The scopes of which one is enough, as <c>ingest or read</c>.</summary>
    public static string AnyOf(KeyScope scopes) => Join(scopes, " or ");

    private static string Join(KeyScope scopes, string by) => string.Join(by, s_all.Where(scope => (scopes & scope) != 0).Select(static scope => scope.ToString().ToLowerInvariant()));
}
