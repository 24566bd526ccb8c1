using System.Text.RegularExpressions;
using LiveDash.Tests.Architecture;

namespace LiveDash.Tests.Web.Security;

/// <summary>What components change and which role each handler asks for, read from the sources.</summary>
internal static partial class ComponentGuards
{
    /// <summary>Calls that change something that others see or that is kept.</summary>
    private static readonly Regex s_changes = Changes();

    /// <summary>Every guard: component, handler and role, in order.</summary>
    public static IReadOnlyList<(string Component, string Handler, string Role)> All() =>
        [.. Handlers().SelectMany(static one => Guard().Matches(one.Body).Select(match => (one.Component, one.Handler, match.Groups[1].Value)))
            .OrderBy(static one => one.Component, StringComparer.Ordinal).ThenBy(static one => one.Handler, StringComparer.Ordinal)];

    /// <summary>Handlers that change something without a guard, neither of their own nor of the one helper of their component that runs every change.</summary>
    public static IReadOnlyList<string> Unguarded() =>
        [.. Handlers()
            .Where(static one => s_changes.IsMatch(one.Body) && !Guard().IsMatch(one.Body) && !Funnel().IsMatch(one.Body))
            .Select(static one => $"{one.Component}.{one.Handler}")];

    private static IEnumerable<(string Component, string Handler, string Body)> Handlers() =>
        SourceTree.Files(".cs", ".razor").Where(static file => file.Path.StartsWith("LiveDash.Web/Components/", StringComparison.Ordinal)).SelectMany(static file =>
        {
            var component = Path.GetFileName(file.Path).Split('.')[0];
            var starts = Method().Matches(file.Text).ToList();
            var parts = starts.Select((match, i) => (component, match.Groups[1].Value, file.Text[match.Index..(i + 1 < starts.Count ? starts[i + 1].Index : file.Text.Length)]));
            // Markup that calls by itself, before any method.
            return file.Path.EndsWith(".razor", StringComparison.Ordinal) ? parts.Prepend((component, "markup", file.Text[..(starts.Count > 0 ? starts[0].Index : file.Text.Length)])) : parts;
        });

    [GeneratedRegex(@"^    (?:public|private|protected|internal)[^\n=;]*?\b(\w+)\([^\n]*", RegexOptions.Multiline)]
    private static partial Regex Method();

    [GeneratedRegex(@"\b[Vv]isitor\.Refuses\(AccountRole\.(\w+)\)")]
    private static partial Regex Guard();

    // Helpers that hold the guard of all that their component changes.
    [GeneratedRegex(@"\b(TryAsync|ChangeAsync|PutAsync|KeepAsync)\(")]
    private static partial Regex Funnel();

    [GeneratedRegex(@"\b(Book|Rules|Plots|Jobs|Channels|Dispatcher|Host|Runner|Accounts|Keys|Tickets|book|Settings|Shares|Grants|Snapshots)\.(Put|Delete|Save|Change|Create|AddCopy|Update|Remove|RestoreAutomatic|Add|Submit|Run|Test|RetryAll|Retry|ForgetAll|Forget|Make|Rotate|Revoke|Acknowledge|Unacknowledge|AddSilence|RemoveSilence)(Async)?\(|AcknowledgeAsync\(damage|Watch\?\.Dismiss\(|\b_script\.InvokeAsync<Answer>\(""upload""")]
    private static partial Regex Changes();
}
