using System.Text.RegularExpressions;
using LiveDash.Tests.Architecture;

namespace LiveDash.Tests.Web.Security;

/// <summary>
/// What components change and which role each handler asks for, read from the sources. Whatever a component calls of what it is given changes something, unless <see cref="ComponentReads"/>
/// says that it does not: a call that is new is guarded, or said to be none, or does not pass.
/// </summary>
internal static partial class ComponentGuards
{
    private static readonly Lazy<IReadOnlyList<(string Component, string Handler, string Body)>> s_handlers = new(() => [.. Read()]);

    private static readonly Lazy<Dictionary<string, string>> s_bases = new(static () => Files().SelectMany(static file => Base().Matches(file.Text)).GroupBy(static match => match.Groups[1].Value)
        .ToDictionary(static one => one.Key, static one => one.First().Groups[2].Value, StringComparer.Ordinal));

    /// <summary>Every guard: component, handler and role, in order.</summary>
    public static IReadOnlyList<(string Component, string Handler, string Role)> All() =>
        [.. s_handlers.Value.SelectMany(static one => Guard().Matches(one.Body).Select(match => (one.Component, one.Handler, match.Groups[1].Value)))
            .OrderBy(static one => one.Component, StringComparer.Ordinal).ThenBy(static one => one.Handler, StringComparer.Ordinal)];

    /// <summary>Handlers that change something without a guard, neither of their own nor of a helper of their component that runs every change.</summary>
    public static IReadOnlyList<string> Unguarded()
    {
        var services = Services();
        // Helpers that hold the guard of all that their component changes, its own or of what it inherits.
        var guards = All().ToLookup(static one => one.Component, static one => one.Handler);
        var guarded = services.Keys.SelectMany(component => Line(component).SelectMany(one => guards[one]).Select(handler => (component, handler))).ToLookup(static one => one.component, static one => one.handler);
        return [.. s_handlers.Value
            .Where(one => !Guard().IsMatch(one.Body) && !guarded[one.Component].Any(helper => Regex.IsMatch(one.Body, $@"(?<![\w.]){helper}\(")))
            .SelectMany(one => Changes(one.Body, services[one.Component]).Select(call => $"{one.Component}.{one.Handler} calls {call}"))];
    }

    /// <summary>Every call of a service by a component, as type and method, whether it changes something or not.</summary>
    public static IReadOnlyCollection<string> Calls()
    {
        var services = Services();
        return [.. s_handlers.Value.SelectMany(one => CallsOf(one.Body, services[one.Component])).Distinct().Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Changes(string body, IReadOnlyDictionary<string, string> services) =>
        CallsOf(body, services).Where(static call => !ComponentReads.Holds(call)).Concat(Other().Matches(body).Select(static match => match.Value));

    private static IEnumerable<string> CallsOf(string body, IReadOnlyDictionary<string, string> services) =>
        Call().Matches(body).Where(match => services.ContainsKey(match.Groups[1].Value)).Select(match => $"{services[match.Groups[1].Value]}.{match.Groups[2].Value}");

    // What each component is given, by the name it has there: of all its parts, and of what it inherits.
    private static Dictionary<string, IReadOnlyDictionary<string, string>> Services()
    {
        var own = OwnServices();
        return own.Keys.ToDictionary(static component => component, component => (IReadOnlyDictionary<string, string>)Line(component).SelectMany(one => own.GetValueOrDefault(one) ?? new Dictionary<string, string>())
            .DistinctBy(static one => one.Key).ToDictionary(StringComparer.Ordinal));
    }

    // A component and what it inherits from, as far as that is one of ours.
    private static IEnumerable<string> Line(string component)
    {
        for (var (at, left) = ((string?)component, 5); at is not null && left > 0; at = s_bases.Value.GetValueOrDefault(at), left--) yield return at;
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> OwnServices() => Files().GroupBy(static file => Component(file.Path)).ToDictionary(
        static part => part.Key,
        static part =>
        {
            var services = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var file in part)
            {
                foreach (Match match in Injected().Matches(file.Text)) services[match.Groups[2].Value] = match.Groups[1].Value;
                foreach (Match match in InjectedByMarkup().Matches(file.Text)) services[match.Groups[2].Value] = match.Groups[1].Value;
                if (Constructor().Match(file.Text) is { Success: true } made)
                {
                    foreach (Match match in Parameter().Matches(made.Groups[1].Value)) services[match.Groups[2].Value] = match.Groups[1].Value;
                }
            }

            return (IReadOnlyDictionary<string, string>)services;
        });

    private static IEnumerable<(string Component, string Handler, string Body)> Read() => Files().SelectMany(static file =>
    {
        var component = Component(file.Path);
        var starts = Method().Matches(file.Text).ToList();
        var parts = starts.Select((match, i) => (component, match.Groups[1].Value, file.Text[match.Index..(i + 1 < starts.Count ? starts[i + 1].Index : file.Text.Length)]));
        // Markup that calls by itself, before any method.
        return file.Path.EndsWith(".razor", StringComparison.Ordinal) ? parts.Prepend((component, "markup", file.Text[..(starts.Count > 0 ? starts[0].Index : file.Text.Length)])) : parts;
    });

    // Pages without a circuit get no events: their forms are requests, which the gate asks about and an antiforgery token guards.
    private static IEnumerable<SourceFile> Files()
    {
        var files = SourceTree.Files(".cs", ".razor").Where(static file => file.Path.StartsWith("LiveDash.Web/Components/", StringComparison.Ordinal)).ToList();
        var forms = files.Where(static file => file.Text.Contains("[ExcludeFromInteractiveRouting]", StringComparison.Ordinal)).Select(static file => Component(file.Path)).ToHashSet(StringComparer.Ordinal);
        return files.Where(file => !forms.Contains(Component(file.Path)));
    }

    private static string Component(string path) => Path.GetFileName(path).Split('.')[0];

    [GeneratedRegex(@"^    (?:public|private|protected|internal)[^\n=;]*?\b(\w+)\([^\n]*", RegexOptions.Multiline)]
    private static partial Regex Method();

    [GeneratedRegex(@"\b[Vv]isitor\.Refuses\(AccountRole\.(\w+)\)")]
    private static partial Regex Guard();

    [GeneratedRegex(@"(?<![\w.])(\w+)[?!]?\.(\w+)\(")]
    private static partial Regex Call();

    // What is not called on a service by its name.
    [GeneratedRegex(@"AcknowledgeAsync\(damage|Watch\?\.Dismiss\(|\b_script\.InvokeAsync<Answer>\(""upload""|GetRequiredService<(?!SharedCookies>)\w+>\(\)\.\w+")]
    private static partial Regex Other();

    [GeneratedRegex(@"\[Inject\]\s+(?:public|private|protected|internal)\s+([\w.]+)(?:<[^>]*>)?\??\s+(\w+)")]
    private static partial Regex Injected();

    [GeneratedRegex(@"^@inject\s+([\w.]+)(?:<[^>]*>)?\s+(\w+)", RegexOptions.Multiline)]
    private static partial Regex InjectedByMarkup();

    [GeneratedRegex(@"\bclass (\w+)(?:\([^)]*\))? : (\w+)")]
    private static partial Regex Base();

    [GeneratedRegex(@"\bclass \w+\(([^)]*)\)")]
    private static partial Regex Constructor();

    [GeneratedRegex(@"(?:^|,)\s*([\w.]+)(?:<[^>]*>)?\??\s+(\w+)")]
    private static partial Regex Parameter();
}
