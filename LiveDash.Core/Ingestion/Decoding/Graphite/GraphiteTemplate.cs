using System.Text.RegularExpressions;

namespace LiveDash.Core.Ingestion.Decoding.Graphite;

/// <summary>
/// How a path becomes a name and tags, in the notation that InfluxDB and Telegraf use: <c>servers.* .host.name* env=prod</c> is a filter (may be left out), a template and
/// tags for all. Each part of the template stands for the part of the path at its place: nothing or <c>_</c> drops it, <c>name</c>, <c>measurement</c> or <c>field</c> makes it a part of the
/// name, with <c>*</c> together with all that follow, and any other word is a tag. Immutable.
/// </summary>
public sealed class GraphiteTemplate
{
    private readonly Regex? _filter;
    private readonly string[] _parts;
    private readonly List<KeyValuePair<string, string>> _tags = [];

    private GraphiteTemplate(string? filter, string template, string? tags)
    {
        // A star is any run of characters within one part of the path.
        _filter = filter is null
            ? null
            : new Regex("^" + Regex.Escape(filter).Replace("\\*", "[^.]*", StringComparison.Ordinal) + "(\\.|$)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        _parts = template.Split('.');
        foreach (var tag in tags?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            var equals = tag.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) _tags.Add(new(tag[..equals], tag[(equals + 1)..]));
        }
    }

    /// <summary>Reads a template; null where it has no part that becomes the name, or more than three words.</summary>
    public static GraphiteTemplate? Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (filter, template, tags) = words switch
        {
            [var one] => (null, one, null),
            [var one, var two] => two.Contains('=', StringComparison.Ordinal) ? ((string?)null, one, two) : (one, two, null),
            [var one, var two, var three] => (one, two, three),
            _ => (null, "", null),
        };
        return template.Split('.').Any(static part => IsName(part.TrimEnd('*'))) ? new GraphiteTemplate(filter, template, tags) : null;
    }

    /// <summary>Whether it is for this path.</summary>
    public bool Matches(string path) => _filter?.IsMatch(path) ?? true;

    /// <summary>The name, and the tags added to those given.</summary>
    public string Apply(string path, List<KeyValuePair<string, string>> tags)
    {
        var parts = path.Split('.');
        var name = new List<string>();
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < parts.Length && i < _parts.Length; i++)
        {
            var part = _parts[i];
            var rest = part.EndsWith('*');
            if (rest) part = part[..^1];
            if (IsName(part)) name.AddRange(rest ? parts[i..] : [parts[i]]);
            else if (part.Length > 0 && part != "_") found[part] = found.TryGetValue(part, out var before) ? before + "." + parts[i] : parts[i];
            if (rest) break;
        }

        foreach (var tag in _tags) found.TryAdd(tag.Key, tag.Value);
        tags.AddRange(found);
        return name.Count == 0 ? path : string.Join('.', name);
    }

    private static bool IsName(string part) => part is "name" or "measurement" or "field";
}
