using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace LiveDash.Web.Api;

/// <summary>
/// Which methods each path takes, prepared once: anybody can ask for what is not there, as often as they like, so a miss is a look into a table and
/// not a walk over every route and static file. Immutable, so safe on any thread.
/// </summary>
internal sealed class RouteMethods
{
    private static readonly IReadOnlyList<string> s_none = [];

    // As many as there are routes: those without parameters by their path, the others by how many parts they have.
    private readonly Dictionary<string, IReadOnlyList<string>> _literal = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IReadOnlyList<string>>.AlternateLookup<ReadOnlySpan<char>> _literalBySpan;
    private readonly Dictionary<int, List<(string?[] Parts, TemplateMatcher? Exact, IReadOnlyList<string> Methods)>> _patterns = [];

    /// <summary>Prepares the table. Routes that take any rest of a path are left out: they say nothing about one.</summary>
    public RouteMethods(IEnumerable<RouteEndpoint> endpoints)
    {
        foreach (var endpoint in endpoints)
        {
            var pattern = endpoint.RoutePattern;
            if (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods || pattern.Parameters.Any(static p => p.IsCatchAll)) continue;
            var parts = pattern.PathSegments.Select(static segment => segment is { IsSimple: true, Parts: [RoutePatternLiteralPart literal] } ? literal.Content : null).ToArray();
            // {name}.json: rare enough to be asked of the framework, and only where the rest of the path is right.
            var exact = pattern.PathSegments.All(static segment => segment.IsSimple) ? null : new TemplateMatcher(new RouteTemplate(pattern), new RouteValueDictionary(pattern.Defaults));
            Add(parts, exact, methods);
            if (pattern.PathSegments is [.., { Parts: [RoutePatternParameterPart { IsOptional: true }] }]) Add(parts[..^1], null, methods);
        }

        _literalBySpan = _literal.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The methods that a path takes, in order; none where there is no such path.</summary>
    public IReadOnlyList<string> At(PathString path)
    {
        var text = (path.Value ?? "").AsSpan().Trim('/');
        var found = _literalBySpan.TryGetValue(text, out var literal) ? literal : s_none;
        if (_patterns.TryGetValue(text.Count('/') + 1, out var candidates))
        {
            foreach (var (parts, exact, methods) in candidates)
            {
                if (Matches(parts, text) && exact?.TryMatch(path, []) is not false) found = Merge(found, methods);
            }
        }

        return found.Contains(HttpMethods.Get) && HeadAnswers.Takes(path) ? Merge(found, [HttpMethods.Head]) : found;
    }

    private static bool Matches(string?[] parts, ReadOnlySpan<char> path)
    {
        var i = 0;
        foreach (var range in path.Split('/'))
        {
            // A parameter takes anything but nothing.
            var part = path[range];
            if (parts[i] is { } literal ? !part.Equals(literal, StringComparison.OrdinalIgnoreCase) : part.IsEmpty) return false;
            i++;
        }

        return true;
    }

    private static IReadOnlyList<string> Merge(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        one.Count == 0 ? [.. other.Order(StringComparer.Ordinal)] : [.. one.Union(other, StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private void Add(string?[] parts, TemplateMatcher? exact, IReadOnlyList<string> methods)
    {
        if (Array.TrueForAll(parts, static part => part is not null))
        {
            var path = string.Join('/', parts);
            _literal[path] = Merge(_literal.GetValueOrDefault(path) ?? s_none, methods);
            return;
        }

        if (!_patterns.TryGetValue(parts.Length, out var list)) _patterns[parts.Length] = list = [];
        list.Add((parts, exact, methods));
    }
}
