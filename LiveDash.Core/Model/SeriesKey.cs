using System.Text;

namespace LiveDash.Core.Model;

/// <summary>
/// What names a series: a name and its tags, sorted by key in ordinal order. Two keys are equal when name and tags are.
/// Immutable, so safe on any thread. The canonical text is <c>cpu.load</c> or <c>cpu.load{host=web1,zone=a}</c>.
/// </summary>
public sealed class SeriesKey : IEquatable<SeriesKey>
{
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
        var open = text.IndexOf('{');
        if (open < 0)
        {
            if (text.Length == 0) return false;
            key = new SeriesKey(text);
            return true;
        }

        if (open == 0 || !text.EndsWith('}')) return false;
        var tags = new List<KeyValuePair<string, string>>();
        foreach (var part in text[(open + 1)..^1].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=');
            if (equals <= 0 || tags.Exists(t => t.Key == part[..equals])) return false;
            tags.Add(new(part[..equals], part[(equals + 1)..]));
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
            text.Append(tags[i].Key).Append('=').Append(tags[i].Value);
        }

        return text.Append('}').ToString();
    }
}
