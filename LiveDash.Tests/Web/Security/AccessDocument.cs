using System.Text;
using LiveDash.Core.Accounts;
using LiveDash.Web.Security.Access;

namespace LiveDash.Tests.Web.Security;

/// <summary>Writes docs/ACCESS.md from the table of access and from the guards of components.</summary>
internal static class AccessDocument
{
    public static string Write()
    {
        var text = new StringBuilder("""
            # Who may what

            Made from the table in `LiveDash.Web/Security/Access/AccessTable.cs` and from the guards in components; a test compares it. Each role may all that the ones before it may:
            viewer, operator, editor, administrator. A key needs one of the scopes named; the scope admin may all that keys may. Where nobody has to say who they are
            (`LiveDash:Security:Mode` is `loopback` or `open`) everybody may everything. A route that stands in no table is nobody's.

            ## Routes
            | route | people | keys |
            |---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var rule in AccessTable.Routes) text.Append($"| `{rule.Methods} {rule.Pattern}` | {Word(rule.Role)} | {(rule.Role is null ? "everybody" : rule.Scope is { } scope ? ScopeWords.AnyOf(scope) : "none")} |\n");
        text.Append("\n## Pages\n| page | people |\n|---|---|\n");
        foreach (var rule in AccessTable.Pages) text.Append($"| `{rule.Pattern}` | {Word(rule.Role)}{(rule.IsShared ? ", or by a share link of the dashboard" : "")} |\n");
        text.Append("| style sheets, scripts, fonts | everybody |\n\n## What components change\nEach of these asks for the role before it does anything, whatever the page shows.\n\n| component | handler | people |\n|---|---|---|\n");
        foreach (var (component, handler, role) in ComponentGuards.All()) text.Append($"| {component} | {handler} | {role.ToLowerInvariant()} |\n");
        return text.ToString();
    }

    private static string Word(AccountRole? role) => role?.ToString().ToLowerInvariant() ?? "everybody";
}
