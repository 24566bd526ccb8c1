using System.Text;

namespace LiveDash.Core.Model;

/// <summary>
/// What names a series: a name and its tags, sorted by key in ordinal order. Two keys are equal when name and tags are.
/// Immutable, so safe on any thread. The canonical text is <c>cpu.load</c> or <c>cpu.load{host=web1,zone=a}</c>; a tag's value that is empty, holds a comma,
/// a brace or a quote, or begins or ends with a space, stands in quotes, where a backslash guards quotes and backslashes: <c>http{uri="/users/{id}"}</c>.
/// </summary>
public sealed class SeriesKey : IEquatable<SeriesKey>
{
    private const int Few = 16;
    private readonly string _text;

    /// <summary>Makes a key; the tags may come in any order.</summary>
    /// <exception cref="ArgumentException">Two tags have the same key.</exception>
    public SeriesKey(string name, IEnumerable<KeyValuePair<string, string>>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        var sorted = tags?.ToArray() ?? [];
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Key == sorted[i - 1].Key)
            {
                throw new ArgumentException($"The tag '{sorted[i].Key}' stands twice.", nameof(tags));
            }
        }

        Tags = sorted;
        _text = Format(name, sorted);
    }

    /// <summary>The name, such as <c>cpu.load</c>.</summary>
    public string Name { get; }

    /// <summary>The tags, sorted by key; empty where there are none. At most <see cref="Limits.MaxTags"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; }

    /// <summary>The value of one tag, or null.</summary>
    public string? Tag(string key)
    {
        foreach (var tag in Tags)
        {
            if (tag.Key == key) return tag.Value;
        }

        return null;
    }

    /// <summary>Reads the canonical text back. Tags without a closing brace, without '=' or given twice are not a key.</summary>
    public static bool TryParse(string text, out SeriesKey? key)
    {
        key = null;
        var open = text.IndexOf('{', StringComparison.Ordinal);
        if (open < 0)
        {
            if (text.Length == 0) return false;
            key = new SeriesKey(text);
            return true;
        }

        if (open == 0 || !text.EndsWith('}')) return false;
        var tags = new List<KeyValuePair<string, string>>();
        HashSet<string>? keys = null;
        var rest = text.AsSpan(open + 1, text.Length - open - 2).TrimStart();
        while (!rest.IsEmpty)
        {
            if (rest[0] == ',')
            {
                rest = rest[1..].TrimStart();
                continue;
            }

            if (!TryTakeTag(ref rest, out var tag)) return false;
            // Few are looked through faster than hashed; a text may hold any number.
            if (tags.Count == Few) keys = tags.Select(static known => known.Key).ToHashSet(StringComparer.Ordinal);
            if (keys is null ? tags.Exists(known => known.Key == tag.Key) : !keys.Add(tag.Key)) return false;
            tags.Add(tag);
        }

        key = new SeriesKey(text[..open], tags);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(SeriesKey? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SeriesKey);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The canonical text.</summary>
    public override string ToString() => _text;

    private static string Format(string name, KeyValuePair<string, string>[] tags)
    {
        if (tags.Length == 0) return name;
        var text = new StringBuilder(name).Append('{');
        for (var i = 0; i < tags.Length; i++)
        {
            if (i > 0) text.Append(',');
            text.Append(tags[i].Key).Append('=');
            AppendValue(text, tags[i].Value);
        }

        return text.Append('}').ToString();
    }

    private static void AppendValue(StringBuilder text, string value)
    {
        var plain = value.Length > 0 && !value.AsSpan().ContainsAny(",{}\"") && !char.IsWhiteSpace(value[0]) && !char.IsWhiteSpace(value[^1]);
        if (plain)
        {
            text.Append(value);
            return;
        }

        text.Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\') text.Append('\\');
            text.Append(c);
        }

        text.Append('"');
    }

    private static bool TryTakeTag(ref ReadOnlySpan<char> rest, out KeyValuePair<string, string> tag)
    {
        tag = default;
        var equals = rest.IndexOf('=');
        if (equals <= 0 || rest[..equals].Contains(',')) return false;
        var key = rest[..equals].Trim().ToString();
        rest = rest[(equals + 1)..].TrimStart();
        string value;
        if (rest is ['"', ..])
        {
            if (!TryTakeQuoted(ref rest, out value)) return false;
        }
        else
        {
            var end = rest.IndexOf(',');
            if (end < 0) end = rest.Length;
            value = rest[..end].Trim().ToString();
            rest = rest[end..];
        }

        tag = new(key, value);
        return key.Length > 0;
    }

    private static bool TryTakeQuoted(ref ReadOnlySpan<char> rest, out string value)
    {
        var plain = new StringBuilder();
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] == '"')
            {
                value = plain.ToString();
                rest = rest[(i + 1)..].TrimStart();
                return rest.IsEmpty || rest[0] == ',';
            }

            if (rest[i] == '\\' && ++i == rest.Length) break;
            plain.Append(rest[i]);
        }

        value = "";
        return false;
    }
}
